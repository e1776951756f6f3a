//! What the app does, told as stories against the real router on a port of its own. Each story has its own database and is told
//! twice: on SQLite and on Postgres. `cargo xtask test` starts the Postgres.

#[macro_use]
mod support;

mod accounts;
mod activity;
mod admin;
mod alerts;
mod applications;
mod audit;
mod bad_input;
mod binary;
mod boards;
mod confirm;
mod contacts;
mod crash;
mod demo;
mod documents;
mod feed;
mod forms;
mod google_calendar;
mod guard;
mod housekeeping;
mod import;
mod interviews;
mod jobs;
mod letters;
mod live;
mod mail;
mod mailbox;
mod matching;
mod next;
mod offers;
mod offline;
mod openapi;
mod operation;
mod other_people;
mod pages;
mod palette;
mod passkeys;
mod pipeline;
mod post_office;
mod privacy;
mod profile;
mod providers;
mod push;
mod relay;
mod reminders;
mod sealing;
mod second_factor;
mod sources;
mod standard;
mod tasks;
mod taxonomy;
mod tokens;
mod transfer;
