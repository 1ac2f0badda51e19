"""The scripts that make a shell ask `pkes` for completions, and installing them."""

import os
import subprocess
from pathlib import Path
from typing import NamedTuple

from pkes.errors import CannotWrite, UnknownName
from pkes.storage import files

# Each script calls `pkes` as it was typed, so it need not be on the PATH. The exit status says whether the word is a
# file name, which the shell completes itself.

_BASH = r"""_pkes_completion() {
    local line found
    COMPREPLY=()
    if found=$(env _PKES_COMPLETE=bash COMP_WORDS="${COMP_LINE:0:COMP_POINT}" COMP_WORDBREAKS="$COMP_WORDBREAKS" \
        "$1" 2>/dev/null); then
        while IFS= read -r line; do
            [[ -n $line ]] && COMPREPLY+=("$line")
            [[ $line == *= ]] && compopt -o nospace 2>/dev/null
        done <<< "$found"
    else
        compopt -o default 2>/dev/null
    fi
    return 0
}

complete -o nosort -F _pkes_completion pkes 2>/dev/null || complete -F _pkes_completion pkes
"""

_ZSH = r"""#compdef pkes

_pkes() {
    local found line one
    local -a plain open
    if ! found="$(env _PKES_COMPLETE=zsh COMP_WORDS="${(j: :)words[1,CURRENT-1]} ${QIPREFIX}${PREFIX}" \
        "${(Q)words[1]}" 2>/dev/null)"; then
        compset -P '*='
        _files
        return
    fi
    for line in ${(f)found}; do
        one="${${${line%%$'\t'*}//\\/\\\\}//:/\\:}"
        [[ $line == *$'\t'* ]] && one+=":${line#*$'\t'}"
        if [[ ${line%%$'\t'*} == *= ]]; then open+=("$one"); else plain+=("$one"); fi
    done
    (( $#plain )) && _describe -V pkes plain -U
    (( $#open )) && _describe -V pkes open -U -S ''
    return 0
}

if [[ $funcstack[1] == _pkes ]]; then
    _pkes "$@"
else
    compdef _pkes pkes
fi
"""

_FISH = r"""function __pkes_complete
    set -l words (commandline -cpo)
    set -l line (commandline -cp | string collect)
    if set -l found (env _PKES_COMPLETE=fish COMP_WORDS="$line" $words[1] 2>/dev/null)
        for one in $found
            echo $one
        end
    else
        set -l word (commandline -ct)
        set -l option (string match -r -- '^--[\w-]+=' $word)
        for one in (__fish_complete_path (string replace -- "$option" '' $word))
            echo "$option$one"
        end
    end
end

complete --command pkes --no-files --arguments '(__pkes_complete)'
"""

# Where nothing is found, PowerShell completes the name of a file.
_POWERSHELL = r"""Register-ArgumentCompleter -Native -CommandName pkes -ScriptBlock {
    param($word, $command, $cursor)
    $length = $cursor - $command.Extent.StartOffset
    $env:_PKES_COMPLETE = 'powershell'
    $env:COMP_WORDS = $command.ToString().PadRight($length).Substring(0, $length)
    try {
        & $command.CommandElements[0].Value 2>$null | ForEach-Object {
            $value, $about = $_ -split "`t", 2
            if (-not $about) { $about = $value }
            $text = if ($value -match '^[\w.,:/=+-]+$') { $value } else { "'" + $value.Replace("'", "''") + "'" }
            [System.Management.Automation.CompletionResult]::new($text, $value, 'ParameterValue', $about)
        }
    } finally {
        Remove-Item Env:_PKES_COMPLETE, Env:COMP_WORDS
    }
}
"""

SCRIPTS = {"bash": _BASH, "zsh": _ZSH, "fish": _FISH, "pwsh": _POWERSHELL, "powershell": _POWERSHELL}
"""The scripts by the name of their shell."""


class Installed(NamedTuple):
    """Where a script was installed, and the settings file that was changed to load it, if any."""

    script: Path
    loader: Path | None


def script(shell: str) -> str:
    """Return the script of a shell. Raises `UnknownName` for an unsupported shell."""
    if shell not in SCRIPTS:
        raise UnknownName("shell", shell, tuple(SCRIPTS))
    return SCRIPTS[shell]


def current() -> str:
    """Return the name of the shell that started this process, or else of the user's login shell, or ""."""
    import shellingham

    try:
        return str(shellingham.detect_shell()[0])
    except shellingham.ShellDetectionFailure:
        return os.path.basename(os.environ.get("SHELL", ""))


def install(shell: str) -> Installed:
    """Install the script of a shell and make the shell load it; a repeated call changes nothing.

    Raises `UnknownName` for an unsupported shell, and `CannotWrite`.
    """
    text = script(shell)
    home = Path.home()
    if shell == "fish":
        folder = Path(os.environ.get("XDG_CONFIG_HOME") or home / ".config")
        return Installed(_put(folder / "fish" / "completions" / "pkes.fish", text), None)
    if shell == "zsh":
        put = _put(home / ".zfunc" / "_pkes", text)
        settings = Path(os.environ.get("ZDOTDIR") or home) / ".zshrc"
        return Installed(put, _add_line(settings, "fpath+=~/.zfunc; autoload -Uz compinit; compinit"))
    if text == _POWERSHELL:
        profile = _profile(shell)
        put = _put(profile.parent / "pkes-completion.ps1", text)
        return Installed(put, _add_line(profile, '. "$PSScriptRoot/pkes-completion.ps1"'))
    put = _put(home / ".bash_completions" / "pkes.sh", text)
    return Installed(put, _add_line(home / ".bashrc", "source ~/.bash_completions/pkes.sh"))


def _profile(shell: str) -> Path:
    """Return the file of settings that a PowerShell reads; it knows itself where. Raises `CannotWrite`."""
    try:
        asked = subprocess.run(
            [shell, "-NoProfile", "-Command", "Write-Output $PROFILE"], capture_output=True, text=True, check=False
        )
    except OSError as error:
        raise CannotWrite(shell, error) from error
    return Path(asked.stdout.strip())


def _put(path: Path, text: str) -> Path:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CannotWrite(os.fspath(path.parent), error) from error
    files.replace_file(path, text.encode())
    return path


def _add_line(path: Path, line: str) -> Path | None:
    """Append a line to a settings file unless it is there already; return the file if it was written."""
    try:
        held = path.read_bytes()
    except FileNotFoundError:
        held = None
    except OSError as error:
        raise CannotWrite(os.fspath(path), error) from error
    if line.encode() in (held or b"").splitlines():
        return None
    gap = b"\n" if held and not held.endswith(b"\n") else b""
    files.replace_file(path, (held or b"") + gap + line.encode() + b"\n", expected=held)
    return path
