#!/usr/bin/env python3
"""Starts the game from a checkout, or its tests: `python play.py [...]`, `python play.py test [--all] [...]`.

The first start makes an environment in .venv and installs the game and what it needs; later starts go
straight in. This file uses the standard library only, and no syntax that Python 2.7 cannot read (so no
type hints): a Python that is too old must get as far as being told so.

.venv is trusted only if it holds a marker, written last, that says what it was made from. An older .venv is
set aside as .venv.old until its successor is complete, and comes back if that fails; so a start that is
interrupted, at any point, leaves either what was there or nothing.

Read next: game/__main__.py, which this starts.
"""

import os
import sys

ROOT = os.path.dirname(os.path.abspath(__file__))
OLDEST = (3, 11)
NEWEST_TRIED = (3, 14)
LOG = ".play-log.txt"
GAME, TESTS = ".ready", ".ready-test"  # the markers in .venv
NO_VENV = ("this Python cannot make environments: on Debian or Ubuntu run `sudo apt install python3-venv`, "
           "elsewhere install Python with all its parts")

# What pip or venv says when something outside the game is wrong, and what to tell the person; the first
# that fits counts. A lost connection comes before "no version found", which pip says as its consequence.
REASONS = (
    (
        ("No space left on device", "Disk quota exceeded", "not enough space on the disk"),
        "the disk is full: make room (about 300 MB) and start again",
    ),
    (
        ("connection broken by", "NewConnectionError", "NameResolutionError", "ConnectTimeout", "ReadTimeout",
         "SSLError", "ProxyError", "Network is unreachable"),
        "the package index cannot be reached: connect to the internet, this once, and start again",
    ),
    (
        ("Permission denied", "Read-only file system", "Access is denied"),
        "files here may not be written: move the game to a folder of your own and start again",
    ),
    (
        ("ensurepip is not available",),
        NO_VENV,
    ),
)


class Problem(Exception):
    """What keeps the game from starting, in words for the person who starts it."""


def main(argv, root=ROOT):
    """Prepare what is missing, then become the game or the tests. Exit code 2 if that cannot be done."""
    if sys.version_info[:2] < OLDEST:
        say("Third Neighbour needs Python 3.11 or newer, and this is Python %d.%d: install a newer one, "
            "or name it, as in %s." % (sys.version_info[:2] + (named_python("3.12"),)))
        return 2
    testing = argv[:1] == ["test"]
    try:
        python = prepare(root, [GAME, TESTS] if testing else [GAME])
    except Problem as problem:
        say(str(problem))
        return 2
    except KeyboardInterrupt:
        say("Stopped. Nothing half made will be used: start again when you like.")
        return 130
    if testing:
        os.chdir(root)
    # -P: a file called game.py in the folder where the player happens to be must not be taken for the game.
    return become([python, "-P"] + (test_arguments(argv[1:]) if testing else ["-m", "game"] + argv))


def test_arguments(argv):
    """pytest's arguments; pyproject.toml leaves the slow tests out, an empty -m lets them in again."""
    if "--all" not in argv:
        return ["-m", "pytest"] + argv
    return ["-m", "pytest", "-m", ""] + [argument for argument in argv if argument != "--all"]


def prepare(root, markers):
    """The environment's Python, with everything that the markers stand for installed. Raises Problem."""
    if all(is_ready(root, marker) for marker in markers):
        return venv_python(root)
    try:
        with alone(root):
            put_back(root)
            if not is_ready(root, GAME):
                make_game(root)
            if TESTS in markers and not is_ready(root, TESTS):
                add_tests(root)
    except OSError as error:
        raise Problem("The game could not be set up, because %s." % (reason_in(str(error)) or error))
    return venv_python(root)


def is_ready(root, marker):
    """Whether .venv was completed for this game, folder and Python, and still starts."""
    try:
        with open(os.path.join(root, ".venv", marker), "rb") as file:
            return file.read() == stamp(root) and starts(venv_python(root))
    except OSError:
        return False


def stamp(root):
    """What .venv is made from: whatever changes this makes a new one necessary."""
    made_from = "%d.%d %s %s\n" % (sys.version_info[:2] + (sys.platform, root))
    parts = [made_from.encode("utf-8", "surrogateescape")]
    for name in ("pyproject.toml", "constraints.txt"):
        with open(os.path.join(root, name), "rb") as file:
            parts.append(file.read())
    return b"\n".join(parts)


def starts(python):
    """Whether the environment's Python starts, and is the version that the environment was made for."""
    import subprocess

    code = "import sys; sys.exit(sys.version_info[:2] != (%d, %d))" % sys.version_info[:2]
    try:
        return subprocess.call([python, "-I", "-S", "-c", code], stderr=subprocess.DEVNULL) == 0
    except OSError:
        return False


def make_game(root):
    """Make .venv and install the game in it."""
    try:
        import ensurepip  # noqa: F401 - Debian and Ubuntu keep these two in a package of their own
        import venv  # noqa: F401
    except ImportError:
        raise Problem("The game could not be set up, because %s." % NO_VENV)
    new, old = os.path.join(root, ".venv"), os.path.join(root, ".venv.old")
    remove(old)
    if os.path.lexists(new):
        say("The environment in .venv is broken or out of date; making a new one.")
        os.rename(new, old)
    try:
        say("Setting up, once; this takes about a minute.")
        # From inside another environment, go back to the Python that it was made with.
        base = getattr(sys, "_base_executable", None) or sys.executable
        run_logged(root, [base, "-m", "venv", new], "The environment could not be made")
        say("Fetching and installing what the game needs.")
        pip_install(root, ["-e", "."])
        mark(root, GAME)
    except BaseException:
        remove(new)
        put_back(root)
        raise
    remove(old)
    say("Ready.")


def add_tests(root):
    """Add what the tests need. It only adds, so a failure or a kill leaves the game as playable as before."""
    import tomllib

    with open(os.path.join(root, "pyproject.toml"), "rb") as file:
        needed = tomllib.load(file)["project"]["optional-dependencies"]["test"]
    say("Fetching and installing what the tests need, once.")
    pip_install(root, needed)
    mark(root, TESTS)


def put_back(root):
    """Give an environment that was set aside its place again, unless its successor is complete."""
    new, old = os.path.join(root, ".venv"), os.path.join(root, ".venv.old")
    if os.path.lexists(old) and not os.path.exists(os.path.join(new, GAME)):
        remove(new)
        os.rename(old, new)


def mark(root, marker):
    """Write a marker in one step, so that it is there whole or not at all."""
    path = os.path.join(root, ".venv", marker)
    with open(path + ".part", "wb") as file:
        file.write(stamp(root))
    os.replace(path + ".part", path)


def pip_install(root, what):
    # Ready-made packages only: building one takes minutes and a compiler, and ends in pages of errors.
    command = [venv_python(root), "-m", "pip", "install", "--only-binary", ":all:", "--no-input",
               "--disable-pip-version-check", "-c", "constraints.txt"]
    run_logged(root, command + what, "The packages could not be installed")


def run_logged(root, command, failure):
    """Run a command in the checkout with its output in the log; if it fails, say why, as a Problem."""
    import subprocess

    path = os.path.join(root, LOG)
    with open(path, "wb") as log:
        code = subprocess.call(command, cwd=root, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
    if code == 0:
        return
    with open(path, "rb") as log:
        text = log.read().decode("utf-8", "replace")
    shown = "".join("\n  | " + line for line in telling_lines(text))
    reason = reason_in(text) or disk_full(root) or "of what these lines say" + too_new()
    raise Problem("%s, because %s.%s\nAll of the output is in %s" % (failure, reason, shown, path))


def telling_lines(text):
    """The last few lines about errors; where none says so, the last few lines."""
    lines = [line for line in text.splitlines() if line.strip()]
    return ([line for line in lines if "error" in line.lower()] or lines)[-6:]


def reason_in(text):
    for signs, reason in REASONS:
        if any(sign in text for sign in signs):
            return reason
    return None


def disk_full(root):
    """The reason for a failure that could not even be written down."""
    import shutil

    return reason_in("No space left on device") if shutil.disk_usage(root).free < 1000000 else None


def too_new():
    if sys.version_info[:2] <= NEWEST_TRIED:
        return ""
    return "; perhaps Python %d.%d is too new: 3.11 to 3.14 are known to work" % sys.version_info[:2]


class alone(object):
    """A `with` block that only one start at a time is in; others wait. The system frees it on any end."""

    def __init__(self, root):
        self.path = os.path.join(root, ".venv.lock")

    def __enter__(self):
        self.file = open(self.path, "wb")
        if not self.taken():
            import time

            say("Another start is setting the game up; waiting for it.")
            while not self.taken():
                time.sleep(0.3)

    def __exit__(self, *exception):
        self.file.close()

    def taken(self):
        import errno

        try:
            if os.name == "nt":
                import msvcrt

                msvcrt.locking(self.file.fileno(), msvcrt.LK_NBLCK, 1)
            else:
                import fcntl

                fcntl.flock(self.file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            # Any other error means that this file system knows no locks: go on without.
            return error.errno not in (errno.EAGAIN, errno.EACCES, errno.EDEADLK)
        return True


def venv_python(root):
    parts = ("Scripts", "python.exe") if os.name == "nt" else ("bin", "python")
    return os.path.join(root, ".venv", *parts)


def named_python(version):
    return ("py -%s play.py" if os.name == "nt" else "python%s play.py") % version


def remove(path):
    import shutil

    if os.path.isdir(path) and not os.path.islink(path):
        shutil.rmtree(path)
    elif os.path.lexists(path):
        os.remove(path)


def become(command):
    """Go on as the command; where a process cannot do that (Windows), run it and hand on its exit code."""
    if os.name == "nt":
        return run_and_wait(command)
    sys.stderr.flush()
    return os.execv(command[0], command)


def run_and_wait(command):
    """Run a command to its end. Ctrl-C reaches it directly, and what to do about it is its own business.

    Here it must not even raise: between the end of the child and the reading of its exit code, that code would be lost.
    """
    import signal
    import subprocess

    before = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        return subprocess.call(command)
    finally:
        signal.signal(signal.SIGINT, before)


def say(text):
    sys.stderr.write(text + "\n")
    sys.stderr.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
