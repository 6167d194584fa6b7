-- Fills a migrated database, the same way each time. Settings of the session: fill.posts and fill.users, how many; fill.authors, how many of the
-- users write; fill.reader, the user who gets a timeline, and fill.follows, of how many people.

SELECT setseed(0.5);

-- Constraints hold by construction, and an index over all rows at once is made much faster than row by row.
SET session_replication_role = replica;
SET maintenance_work_mem = '512MB';
CREATE TEMP TABLE dropped AS
    SELECT indexname AS name, indexdef AS definition FROM pg_indexes
    WHERE schemaname = current_schema() AND tablename IN ('Posts', 'Comments') AND indexname LIKE 'IX\_%';
DO $$ DECLARE gone text; BEGIN
    FOR gone IN SELECT name FROM dropped LOOP EXECUTE format('DROP INDEX %I', gone); END LOOP;
END $$;

CREATE TEMP TABLE authors AS
WITH added AS (
    INSERT INTO "Users" ("UserName", "NormalizedUserName", "Email", "NormalizedEmail", "EmailConfirmed", "PhoneNumberConfirmed", "TwoFactorEnabled",
        "LockoutEnabled", "AccessFailedCount", "MemberSince", "LastSeen", "Name", "Location", "AboutMe", "SecurityStamp")
    SELECT 'user' || i, 'USER' || i, 'user' || i || '@example.com', 'USER' || i || '@EXAMPLE.COM', true, false, false,
        false, 0, now() - i * interval '1 hour', now() - i * interval '1 minute', 'User Number ' || i, 'Somewhere', 'Writes, reads, writes.', md5(i::text)
    FROM generate_series(1, current_setting('fill.users')::int) i
    RETURNING "Id")
SELECT row_number() OVER (ORDER BY "Id") AS i, "Id" AS id FROM added;

INSERT INTO "Follows" ("FollowerId", "FollowedId", "Timestamp")
    SELECT reader."Id", authors.id, now() - authors.i * interval '1 minute'
    FROM authors, "Users" reader WHERE reader."UserName" = current_setting('fill.reader') AND authors.i <= current_setting('fill.follows')::int
    UNION ALL
    SELECT follower.id, followed.id, now() - step * interval '1 minute'
    FROM authors follower CROSS JOIN generate_series(1, 20) step
    JOIN authors followed ON followed.i = 1 + (follower.i + step * step) % current_setting('fill.users')::int;

-- Words as a language has them: the first few are in most texts, the last few in hardly any.
CREATE TEMP TABLE texts AS
    SELECT t, string_agg(CASE WHEN w % 12 = 0 THEN initcap(word) ELSE word END || CASE WHEN w % 12 = 11 THEN '.' ELSE '' END, ' ' ORDER BY w) AS body
    FROM generate_series(1, 1000) t
    CROSS JOIN LATERAL (
        SELECT w, (ARRAY['river','walking','early','windows','morning','letters','quiet','tables'])[1 + least(7, floor(-ln(random()) * 3))::int]
            || CASE WHEN random() < 0.4 THEN '' ELSE ' ' || substr(translate(md5((floor(random() * random() * 4000))::text), '0123456789', 'ghijklmnop'), 1, 4 + w % 5) END AS word
        FROM generate_series(0, 11 + t % 24) w) words
    GROUP BY t;
CREATE UNIQUE INDEX ON texts (t);
ANALYZE texts;
ANALYZE authors;

INSERT INTO "Posts" ("AuthorId", "Body", "BodyHtml", "Timestamp", "IsDraft", "Tags")
    SELECT authors.id, body, '<p>' || body || '</p>', now() - (current_setting('fill.posts')::int - p) * interval '1 minute', p % 50 = 7,
        CASE p % 3 WHEN 0 THEN '{}'::text[] WHEN 1 THEN ARRAY['food'] ELSE ARRAY['tag' || p % 500, 'travel'] END
    FROM generate_series(1, current_setting('fill.posts')::int) p
    JOIN texts ON texts.t = 1 + p % 1000
    -- Neighbouring posts are of different people.
    JOIN authors ON authors.i = 1 + p::bigint * 7919 % current_setting('fill.authors')::int;

INSERT INTO "Comments" ("PostId", "AuthorId", "Body", "BodyHtml", "Timestamp", "IsDisabled")
    SELECT post."Id", authors.id, 'Quite so, and well said.', '<p>Quite so, and well said.</p>', post."Timestamp" + c * interval '1 minute', post."Id" % 40 = 0
    FROM "Posts" post CROSS JOIN LATERAL generate_series(1, post."Id" % 3) c
    JOIN authors ON authors.i = 1 + (post."Id"::bigint * 31 + c) % current_setting('fill.users')::int
    WHERE NOT post."IsDraft";

DO $$ DECLARE again text; BEGIN
    FOR again IN SELECT definition FROM dropped LOOP EXECUTE again; END LOOP;
END $$;
RESET session_replication_role;
