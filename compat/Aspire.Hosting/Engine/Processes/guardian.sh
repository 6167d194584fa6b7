# Arguments: the folder to delete at the end (or nothing), and how many tenths of a second each process gets to stop.
# Input, a line each: "add PID SIGNAL" when a process was started, "del PID" when it has ended. The end of the input
# is the end of the AppHost: then what is left is asked to stop, the newest first, and killed if it does not.
trap '' INT TERM HUP
folder=$1
tenths=$2
list=

while IFS=' ' read -r verb pid signal; do
    case $verb in
        add) list="$pid:$signal $list" ;;
        del)
            left=
            for entry in $list; do
                [ "${entry%%:*}" = "$pid" ] || left="$left$entry "
            done
            list=$left ;;
    esac
done

gone() {
    kill -0 "$1" 2>/dev/null || return 0
    # An ended process that nobody has waited for yet still has its number.
    case $(cat "/proc/$1/stat" 2>/dev/null) in
        *') Z '*) return 0 ;;
    esac
    return 1
}

for entry in $list; do
    pid=${entry%%:*}
    kill -s "${entry##*:}" "$pid" 2>/dev/null
    tries=0
    while ! gone "$pid" && [ "$tries" -lt "$tenths" ]; do
        sleep 0.1
        tries=$((tries + 1))
    done
    kill -s KILL -- "-$pid" 2>/dev/null
done

[ -z "$folder" ] || rm -rf -- "$folder"
