-- The key of the lookup values (HMAC), sealed by the data key: data keys change, lookup values must not.
-- The program of yesterday derives the same key from the data key and does not look here.
alter table deployment add column digest_key_sealed text;
