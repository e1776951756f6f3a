#!/bin/sh
# Fuzzes targets one after the other: fuzz/run.sh [SECONDS] [TARGET …]. README.md says more.
set -eu
cd "$(dirname "$0")"
seconds=${1:-600}
[ $# -gt 0 ] && shift
[ $# -gt 0 ] || set -- $(cargo +nightly fuzz list)

# Seeds are the invented files of the crates' own tests, under the byte that chooses their format where one does.
seed() {
    mkdir -p "corpus/$1"
    printf '%b' "$2" | cat - "$3" > "corpus/$1/seed-$(basename "$3")-${#2}${4:-}"
}
letter() {
    case $1 in
        greenhouse*) echo b ;; lever*) echo c ;; ashby*) echo d ;; workday*) echo e ;; remotive*) echo f ;;
        arbeitnow*) echo g ;; remoteok*) echo h ;; jobicy*) echo i ;; himalayas*) echo j ;; adzuna*) echo k ;;
        usajobs*) echo l ;; smartrecruiters*) echo m ;; recruitee*) echo n ;; workable*) echo o ;; personio*) echo p ;;
        bamboohr*) echo q ;; weworkremotely*) echo r ;; themuse*) echo s ;; hackernews*) echo t ;; *.xml) echo u ;;
        *.html) echo v ;; *.csv) echo w ;; own*) echo x ;; *) echo a ;;
    esac
}
for file in ../crates/boards/tests/fixtures/*; do
    name=$(basename "$file")
    seed boards a "$file"
    seed boards "$(letter "$name")" "$file" own
    case $name in
        hackernews_search*) seed boards_answers a "$file" ;;
        hackernews*) seed boards_answers b "$file" ;;
        glassdoor*) seed boards_answers c "$file" ;;
        *.xml) seed boards_feed '' "$file" ;;
        *.html) seed boards_single b "$file"; seed boards_webpage '' "$file"; seed boards_html '' "$file" ;;
        *.csv) seed boards_table '' "$file"; seed sheets '' "$file" ;;
        own.json) seed sheets '' "$file" ;;
    esac
done
mkdir -p corpus/boards_answers
printf 'dUser-agent: *\nDisallow: /private/*\nAllow: /private/jobs$\nCrawl-delay: 2\n' > corpus/boards_answers/seed-robots
for file in ../crates/inbox/tests/mail/*; do
    seed inbox_mail '' "$file"
    seed inbox_mbox 'From sam@mailbox.example Sat Nov 28 10:00:00 2026\n' "$file"
done
for file in ../crates/calendar/tests/fixtures/*; do seed calendar '' "$file"; done
# What names phrases and places makes good words for the targets that read text.
for file in ../crates/openings/tests/closing/labelled.txt ../crates/inbox/data/phrases/en.txt; do
    for target in openings boards_words skills_text places; do seed "$target" '' "$file"; done
    seed boards_single d "$file"
done

failed=
for target in "$@"; do
    mkdir -p "corpus/$target"
    echo "== $target, $seconds s"
    cargo +nightly fuzz run --sanitizer "${SANITIZER:-none}" "$target" -- -max_total_time="$seconds" -max_len=20000 -timeout=10 \
        -rss_limit_mb=3000 -print_final_stats=1 || failed="$failed $target"
done
[ -z "$failed" ] || { echo "Crashed:$failed. What did it is in fuzz/artifacts."; exit 1; }
