# bash completion for regsweep: the program knows what may stand where.
_regsweep() {
    mapfile -t COMPREPLY < <("${1/#~\//$HOME/}" __complete bash \
        "${COMP_LINE:0:COMP_POINT}" "$COMP_LINE" "$COMP_WORDBREAKS" 2>/dev/null)
    # shellcheck disable=SC2128  # the first one, which is alone where it matters
    case $COMPREPLY in *[=/:\(]) compopt -o nospace ;; esac
}
complete -o nosort -F _regsweep regsweep
