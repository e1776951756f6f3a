-- Slow work that waits, is under way, or is over. It belongs to the app; what is done for one person goes with them.
CREATE TABLE work (
    id          UUID PRIMARY KEY,
    -- One word; which there are is said in src/work.rs. A server takes up the kinds it knows.
    kind        TEXT NOT NULL,
    -- Ids, never what they stand for.
    payload     JSONB NOT NULL,
    user_id     UUID REFERENCES users (id) ON DELETE CASCADE,
    -- Of what waits or is under way no two have the same.
    once        TEXT,
    -- Seconds that its turn comes after run_at: the smaller, the sooner.
    priority    BIGINT NOT NULL,
    state       TEXT NOT NULL CHECK (state IN ('waiting', 'running', 'done', 'dead', 'cancelled')),
    -- Not before; and the order in which what is due is taken up.
    run_at      TIMESTAMPTZ NOT NULL,
    turn_at     TIMESTAMPTZ NOT NULL,
    -- Raised whenever it is taken up or taken away: only who has the newest may say how it ended.
    token       BIGINT NOT NULL,
    -- Whoever is at it has until then to say that it still is.
    lease_until TIMESTAMPTZ,
    -- Attempts that came to nothing, and why the last one did.
    failures    BIGINT NOT NULL,
    last_error  TEXT NOT NULL,
    -- Asked for once more while it was under way.
    again       BOOLEAN NOT NULL,
    -- It is to end.
    cancelling  BOOLEAN NOT NULL,
    -- How far it is; a total of 0 while nobody knows.
    done        BIGINT NOT NULL,
    total       BIGINT NOT NULL,
    created_at  TIMESTAMPTZ NOT NULL,
    started_at  TIMESTAMPTZ,
    ended_at    TIMESTAMPTZ
);
CREATE UNIQUE INDEX work_once ON work (once) WHERE state IN ('waiting', 'running');
CREATE INDEX work_turn ON work (kind, turn_at) WHERE state = 'waiting';
CREATE INDEX work_due ON work (kind, run_at) WHERE state = 'waiting';
CREATE INDEX work_lease ON work (lease_until) WHERE state = 'running';
CREATE INDEX work_dead ON work (once) WHERE state = 'dead';
CREATE INDEX work_over ON work (state, ended_at) WHERE state IN ('done', 'dead', 'cancelled');
CREATE INDEX work_user ON work (user_id) WHERE user_id IS NOT NULL;

-- The time zones people are in, and since when somebody is: nothing is due in one from before.
CREATE TABLE schedule_zones (
    zone    TEXT PRIMARY KEY,
    seen_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX profiles_zone ON profiles (time_zone, user_id);

-- Each time something of the schedule was due: one a day and time zone, however many servers there are.
CREATE TABLE schedule_runs (
    schedule   TEXT NOT NULL,
    zone       TEXT NOT NULL,
    -- The day it is there.
    day        DATE NOT NULL,
    planned_at TIMESTAMPTZ NOT NULL,
    started_at TIMESTAMPTZ NOT NULL,
    ended_at   TIMESTAMPTZ,
    -- Pages of people that have been gone through.
    pages      BIGINT NOT NULL,
    -- Empty while it lasts and when it went well.
    trouble    TEXT NOT NULL,
    PRIMARY KEY (schedule, zone, day)
);
CREATE INDEX schedule_runs_newest ON schedule_runs (planned_at);
