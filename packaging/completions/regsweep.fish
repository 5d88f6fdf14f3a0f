# fish completion for regsweep: the program knows what may stand where. Of the
# line, fish tells what is before the cursor alone.
function __regsweep_complete
    set -l line (commandline -cp | string collect)
    set -l program (string match -rv -- '^\w+=' (commandline -opc))[1]
    $program __complete fish $line $line 2>/dev/null
end
complete -c regsweep -f -k -a '(__regsweep_complete)'
