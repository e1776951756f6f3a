-- What nobody's searches were asked about yet, in the order it is asked for. With the moment alone (`postings_to_look`, which stays as
-- migrations only add), a database of many postings that were all looked at would rather go through all of them.
CREATE INDEX postings_to_look_at ON postings (first_seen, id) WHERE looked_at IS NULL;
