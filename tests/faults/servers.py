"""Other people's servers through which files come into an inbox: run in the foreground, on a loopback port, with all that
is theirs below a folder of the caller's."""

import contextlib
import os
import shutil
import signal
import socket
import subprocess

from newsroom import DEADLINE, Lost, pause

# Who may write to the share: the only user that Samba's own list of them knows.
USER, PASSWORD = "root", "an editor's password"


def free_port():
    """A port of this machine that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def call(*words, **options):
    """Runs a command that must succeed; what it said."""
    if "input" not in options:
        options.setdefault("stdin", subprocess.DEVNULL)
    done = subprocess.run(words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=DEADLINE, check=False, **options)
    said = done.stdout if isinstance(done.stdout, str) else done.stdout.decode(errors="replace")
    if done.returncode:
        raise Lost(f"{' '.join(words)}: {said}")
    return said


def listening(port, process):
    """Waits until a server answers on a port."""
    for _ in range(DEADLINE * 100):
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        if process.poll() is not None:
            raise Lost(f"the server left with {process.returncode}")
        pause(0.01)
    raise Lost("the server does not listen")


@contextlib.contextmanager
def served_by(command, port):
    """A server in the foreground, on a loopback port."""
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                               start_new_session=True)
    try:
        listening(port, process)
        yield
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait()


@contextlib.contextmanager
def ssh(folder):
    """A real sshd; gives the options for its clients, and its port."""
    port = free_port()
    os.makedirs("/run/sshd", exist_ok=True)
    for key in ("host", "client"):
        call("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", f"{folder}/{key}")
    shutil.copy(f"{folder}/client.pub", f"{folder}/authorized")
    with open(f"{folder}/sshd", "w", encoding="ascii") as file:
        file.write(f"Port {port}\nListenAddress 127.0.0.1\nHostKey {folder}/host\nAuthorizedKeysFile {folder}/authorized\n"
                   f"StrictModes no\nUsePAM no\nPidFile none\nSubsystem sftp internal-sftp\nPermitRootLogin prohibit-password\n")
    common = ["-o", "StrictHostKeyChecking=no", "-o", f"UserKnownHostsFile={folder}/known", "-o", f"IdentityFile={folder}/client",
              "-o", "LogLevel=ERROR"]
    with served_by(["/usr/sbin/sshd", "-D", "-f", f"{folder}/sshd"], port):
        yield common, port


@contextlib.contextmanager
def samba(folder, shared):
    """A real smbd that shares a folder as `inbox`; gives its port and its configuration."""
    port = free_port()
    os.makedirs(folder)
    settings = f"{folder}/smb.conf"
    own = "".join(f"{kind} = {folder}\n" for kind in ("private dir", "lock directory", "state directory", "cache directory",
                                                      "pid directory", "usershare path"))
    with open(settings, "w", encoding="utf-8") as file:
        file.write(f"[global]\nserver role = standalone server\ninterfaces = lo\nbind interfaces only = yes\n"
                   f"disable netbios = yes\nunix charset = UTF-8\nload printers = no\nprintcap name = /dev/null\n"
                   f"disable spoolss = yes\nncalrpc dir = {folder}/ncalrpc\nlog file = {folder}/log\n{own}"
                   f"[inbox]\npath = {shared}\nwritable = yes\n")
    call("smbpasswd", "-c", settings, "-s", "-a", USER, input=f"{PASSWORD}\n{PASSWORD}\n", text=True)
    with served_by(["/usr/sbin/smbd", "-F", "--no-process-group", "-s", settings, "-l", folder, "-p", str(port)], port):
        yield port, settings
