#!/bin/sh
# Sets up clientbase beside the project and walks the main job on the sample shop.
# Needs sh and python3 (3.11 or newer) alone; works from any folder, as often as you like.
set -eu

project=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
. "$project/examples/environment.sh"
venv "$project/.venv"
[ -f "$project/.venv/installed" ] || install "$project/.venv" --editable "$project"

cd "$project"
mkdir -p .venv/quickstart
CLIENTBASE_DB=.venv/quickstart/shop.db
CLIENTBASE_TODAY=2026-11-21 # the day after the sample's last sale
export CLIENTBASE_DB CLIENTBASE_TODAY
rm -f "$CLIENTBASE_DB" "$CLIENTBASE_DB-wal" "$CLIENTBASE_DB-shm"
PATH="$project/.venv/bin:$PATH"

try() {
    printf '\n$ clientbase'
    for word in "$@"; do
        case $word in
        *[!A-Za-z0-9_./:=@%+,-]*) printf " '%s'" "$word" ;;
        *) printf ' %s' "$word" ;;
        esac
    done
    printf '\n'
    clientbase "$@" 2>&1
}

# A new base; a field of our own; the contacts and sales of the past two years.
try init --currency USD --country US
try field add animal --type choice --choice dog --choice cat --choice bird
try import contacts examples/data/contacts.csv
try import sales examples/data/sales.csv

# The phone rings: somebody asks, somebody from the base asks again.
try lead add 'Greta Olsen' --phone '212 555-0199' --channel site --note 'a cage for two canaries'
try lead add --phone '646 555 0132' --channel referral
try lead advance 1
try lead advance 1 offer

# She buys, and the lead is won by itself.
try sale record 'Greta Olsen' --item 'Cage @ 89' --item 'Bird seed 1 kg x2 @ 7.90'
try contact show 'Greta Olsen'

# Who the clients are, and what to do with whom.
try segment run
try report rfm --summary
try segment define big-dogs "animal = 'dog' and average_order > 60 and days_since_sale < 90 and has(tags, 'club')"
try segment run big-dogs --limit 5

# Whom to call this morning, and how cron does it every morning.
try remind rule add birthdays --birthday --before 3 --what 'wish a happy birthday'
try remind add 'Greta Olsen' 'ask how the canaries like the cage' --on +0d
try remind due
try remind cron

printf '\nThe base is %s/%s; the program is %s/.venv/bin/clientbase.\n' "$project" "$CLIENTBASE_DB" "$project"
