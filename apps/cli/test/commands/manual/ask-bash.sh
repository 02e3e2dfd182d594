# Asks a completion script in this folder as bash does, and prints what it offers.
source ./completion
COMP_WORDS=("$@")
COMP_CWORD=$(($# - 1))
_sluice
printf '%s\n' "${COMPREPLY[@]}"
