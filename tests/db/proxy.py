# SPDX-License-Identifier: GPL-3.0-or-later
"""usage: proxy.py LISTEN SERVER MODE EVERY

Passes connections from socket LISTEN to socket SERVER, and cuts the client
off at every EVERYth COMMIT, counted over all connections:

sent    COMMIT reaches the server, its answer does not reach the client
unsent  COMMIT does not reach the server
late    COMMIT reaches the server half a second after the client is cut off

Prints a line for each cut."""
import os
import socket
import struct
import sys
import threading
import time

listen, server, mode, every = sys.argv[1:4] + [int(sys.argv[4])]
lock = threading.Lock()
commits = 0


def is_cut():
    global commits
    with lock:
        commits += 1
        return commits % every == 0


def read_exactly(sock, n):
    parts = []
    while n > 0:
        part = sock.recv(min(n, 1 << 16))
        if not part:
            raise EOFError
        parts.append(part)
        n -= len(part)
    return b"".join(parts)


def messages(sock):
    first = True  # the one that has no type
    while True:
        head = read_exactly(sock, 4 if first else 5)
        first = False
        yield head + read_exactly(sock, struct.unpack(">I", head[-4:])[0] - 4)


def close(sock):
    try:
        sock.shutdown(socket.SHUT_RDWR)
    except OSError:
        pass
    sock.close()


def answers(back, client):
    try:
        while True:
            data = back.recv(1 << 16)
            if not data:
                break
            client.sendall(data)
    except OSError:
        pass
    close(client)


def cut(message, client, back):
    print("cut", flush=True)
    client.shutdown(socket.SHUT_RDWR)
    if mode == "late":
        time.sleep(0.5)
    if mode != "unsent":
        try:
            back.sendall(message)
            time.sleep(0.5)
        except OSError:
            pass
    close(back)


def serve(client):
    back = socket.socket(socket.AF_UNIX)
    back.connect(server)
    threading.Thread(target=answers, args=(back, client), daemon=True).start()
    try:
        for message in messages(client):
            if message[:1] == b"Q" and message[5:] == b"COMMIT\0" and is_cut():
                cut(message, client, back)
                return
            back.sendall(message)
    except (EOFError, OSError):
        pass
    close(back)


def main():
    door = socket.socket(socket.AF_UNIX)
    door.bind(listen)
    os.chmod(listen, 0o777)
    door.listen()
    while True:
        client, _ = door.accept()
        threading.Thread(target=serve, args=(client,), daemon=True).start()


main()
