-- 2021 年格式的勾稽：列出不平的；有格读不出的不判。
-- Identities of the form 2021 that are broken in the table cells, made by: gouji convert IN... cells.csv
-- DuckDB: CREATE VIEW cells AS SELECT * FROM read_csv('cells.csv', all_varchar = true);
-- Spark: SET spark.sql.ansi.enabled = true; SET spark.sql.ansi.doubleQuotedIdentifiers = true;
-- ROWS: a report with other than 200 rows (cut, or twice in the table) is not judged.
WITH counted AS (
  SELECT body, year, "table", "row", "column", state,
    CASE WHEN state IN ('blank', 'nil') THEN 0 WHEN state IN ('raw', 'lost') THEN NULL ELSE CAST(value AS DECIMAL(18, 6)) END AS number
  FROM cells WHERE form = '2021'
), whole AS (
  SELECT body, year, "table", "row", "column", state,
    CASE WHEN number = CAST(number AS BIGINT) THEN CAST(number AS BIGINT) END AS n
  FROM counted
), wide AS (
  SELECT body, year, COUNT(*) AS found
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'new_received' AND "column" = 'natural_person' THEN n END) AS t3_new_received_natural_person
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'new_received' AND "column" = 'org_business' THEN n END) AS t3_new_received_org_business
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'new_received' AND "column" = 'org_research' THEN n END) AS t3_new_received_org_research
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'new_received' AND "column" = 'org_public_welfare' THEN n END) AS t3_new_received_org_public_welfare
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'new_received' AND "column" = 'org_legal_service' THEN n END) AS t3_new_received_org_legal_service
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'new_received' AND "column" = 'org_other' THEN n END) AS t3_new_received_org_other
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'new_received' AND "column" = 'total' THEN n END) AS t3_new_received_total
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'new_received' AND "column" = 'total' AND state = 'blank' THEN 1 ELSE 0 END) AS t3_new_received_total_blank
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'carried_in' AND "column" = 'natural_person' THEN n END) AS t3_carried_in_natural_person
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'carried_in' AND "column" = 'org_business' THEN n END) AS t3_carried_in_org_business
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'carried_in' AND "column" = 'org_research' THEN n END) AS t3_carried_in_org_research
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'carried_in' AND "column" = 'org_public_welfare' THEN n END) AS t3_carried_in_org_public_welfare
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'carried_in' AND "column" = 'org_legal_service' THEN n END) AS t3_carried_in_org_legal_service
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'carried_in' AND "column" = 'org_other' THEN n END) AS t3_carried_in_org_other
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'carried_in' AND "column" = 'total' THEN n END) AS t3_carried_in_total
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'carried_in' AND "column" = 'total' AND state = 'blank' THEN 1 ELSE 0 END) AS t3_carried_in_total_blank
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'granted_full' AND "column" = 'natural_person' THEN n END) AS t3_granted_full_natural_person
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'granted_full' AND "column" = 'org_business' THEN n END) AS t3_granted_full_org_business
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'granted_full' AND "column" = 'org_research' THEN n END) AS t3_granted_full_org_research
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'granted_full' AND "column" = 'org_public_welfare' THEN n END) AS t3_granted_full_org_public_welfare
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'granted_full' AND "column" = 'org_legal_service' THEN n END) AS t3_granted_full_org_legal_service
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'granted_full' AND "column" = 'org_other' THEN n END) AS t3_granted_full_org_other
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'granted_full' AND "column" = 'total' THEN n END) AS t3_granted_full_total
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'granted_full' AND "column" = 'total' AND state = 'blank' THEN 1 ELSE 0 END) AS t3_granted_full_total_blank
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'granted_partial' AND "column" = 'natural_person' THEN n END) AS t3_granted_partial_natural_person
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'granted_partial' AND "column" = 'org_business' THEN n END) AS t3_granted_partial_org_business
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'granted_partial' AND "column" = 'org_research' THEN n END) AS t3_granted_partial_org_research
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'granted_partial' AND "column" = 'org_public_welfare' THEN n END) AS t3_granted_partial_org_public_welfare
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'granted_partial' AND "column" = 'org_legal_service' THEN n END) AS t3_granted_partial_org_legal_service
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'granted_partial' AND "column" = 'org_other' THEN n END) AS t3_granted_partial_org_other
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'granted_partial' AND "column" = 'total' THEN n END) AS t3_granted_partial_total
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'granted_partial' AND "column" = 'total' AND state = 'blank' THEN 1 ELSE 0 END) AS t3_granted_partial_total_blank
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'denied_state_secret' AND "column" = 'natural_person' THEN n END) AS t3_denied_state_secret_natural_person
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'denied_state_secret' AND "column" = 'org_business' THEN n END) AS t3_denied_state_secret_org_business
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'denied_state_secret' AND "column" = 'org_research' THEN n END) AS t3_denied_state_secret_org_research
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'denied_state_secret' AND "column" = 'org_public_welfare' THEN n END) AS t3_denied_state_secret_org_public_welfare
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'denied_state_secret' AND "column" = 'org_legal_service' THEN n END) AS t3_denied_state_secret_org_legal_service
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'denied_state_secret' AND "column" = 'org_other' THEN n END) AS t3_denied_state_secret_org_other
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'denied_state_secret' AND "column" = 'total' THEN n END) AS t3_denied_state_secret_total
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'denied_state_secret' AND "column" = 'total' AND state = 'blank' THEN 1 ELSE 0 END) AS t3_denied_state_secret_total_blank
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'denied_other_law' AND "column" = 'natural_person' THEN n END) AS t3_denied_other_law_natural_person
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'denied_other_law' AND "column" = 'org_business' THEN n END) AS t3_denied_other_law_org_business
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'denied_other_law' AND "column" = 'org_research' THEN n END) AS t3_denied_other_law_org_research
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'denied_other_law' AND "column" = 'org_public_welfare' THEN n END) AS t3_denied_other_law_org_public_welfare
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'denied_other_law' AND "column" = 'org_legal_service' THEN n END) AS t3_denied_other_law_org_legal_service
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'denied_other_law' AND "column" = 'org_other' THEN n END) AS t3_denied_other_law_org_other
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'denied_other_law' AND "column" = 'total' THEN n END) AS t3_denied_other_law_total
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'denied_other_law' AND "column" = 'total' AND state = 'blank' THEN 1 ELSE 0 END) AS t3_denied_other_law_total_blank
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'denied_security_stability' AND "column" = 'natural_person' THEN n END) AS t3_denied_security_stability_natural_person
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'denied_security_stability' AND "column" = 'org_business' THEN n END) AS t3_denied_security_stability_org_business
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'denied_security_stability' AND "column" = 'org_research' THEN n END) AS t3_denied_security_stability_org_research
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'denied_security_stability' AND "column" = 'org_public_welfare' THEN n END) AS t3_denied_security_stability_org_public_welfare
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'denied_security_stability' AND "column" = 'org_legal_service' THEN n END) AS t3_denied_security_stability_org_legal_service
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'denied_security_stability' AND "column" = 'org_other' THEN n END) AS t3_denied_security_stability_org_other
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'denied_security_stability' AND "column" = 'total' THEN n END) AS t3_denied_security_stability_total
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'denied_security_stability' AND "column" = 'total' AND state = 'blank' THEN 1 ELSE 0 END) AS t3_denied_security_stability_total_blank
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'denied_third_party' AND "column" = 'natural_person' THEN n END) AS t3_denied_third_party_natural_person
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'denied_third_party' AND "column" = 'org_business' THEN n END) AS t3_denied_third_party_org_business
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'denied_third_party' AND "column" = 'org_research' THEN n END) AS t3_denied_third_party_org_research
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'denied_third_party' AND "column" = 'org_public_welfare' THEN n END) AS t3_denied_third_party_org_public_welfare
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'denied_third_party' AND "column" = 'org_legal_service' THEN n END) AS t3_denied_third_party_org_legal_service
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'denied_third_party' AND "column" = 'org_other' THEN n END) AS t3_denied_third_party_org_other
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'denied_third_party' AND "column" = 'total' THEN n END) AS t3_denied_third_party_total
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'denied_third_party' AND "column" = 'total' AND state = 'blank' THEN 1 ELSE 0 END) AS t3_denied_third_party_total_blank
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'denied_internal_affairs' AND "column" = 'natural_person' THEN n END) AS t3_denied_internal_affairs_natural_person
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'denied_internal_affairs' AND "column" = 'org_business' THEN n END) AS t3_denied_internal_affairs_org_business
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'denied_internal_affairs' AND "column" = 'org_research' THEN n END) AS t3_denied_internal_affairs_org_research
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'denied_internal_affairs' AND "column" = 'org_public_welfare' THEN n END) AS t3_denied_internal_affairs_org_public_welfare
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'denied_internal_affairs' AND "column" = 'org_legal_service' THEN n END) AS t3_denied_internal_affairs_org_legal_service
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'denied_internal_affairs' AND "column" = 'org_other' THEN n END) AS t3_denied_internal_affairs_org_other
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'denied_internal_affairs' AND "column" = 'total' THEN n END) AS t3_denied_internal_affairs_total
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'denied_internal_affairs' AND "column" = 'total' AND state = 'blank' THEN 1 ELSE 0 END) AS t3_denied_internal_affairs_total_blank
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'denied_deliberative' AND "column" = 'natural_person' THEN n END) AS t3_denied_deliberative_natural_person
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'denied_deliberative' AND "column" = 'org_business' THEN n END) AS t3_denied_deliberative_org_business
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'denied_deliberative' AND "column" = 'org_research' THEN n END) AS t3_denied_deliberative_org_research
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'denied_deliberative' AND "column" = 'org_public_welfare' THEN n END) AS t3_denied_deliberative_org_public_welfare
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'denied_deliberative' AND "column" = 'org_legal_service' THEN n END) AS t3_denied_deliberative_org_legal_service
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'denied_deliberative' AND "column" = 'org_other' THEN n END) AS t3_denied_deliberative_org_other
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'denied_deliberative' AND "column" = 'total' THEN n END) AS t3_denied_deliberative_total
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'denied_deliberative' AND "column" = 'total' AND state = 'blank' THEN 1 ELSE 0 END) AS t3_denied_deliberative_total_blank
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'denied_enforcement_file' AND "column" = 'natural_person' THEN n END) AS t3_denied_enforcement_file_natural_person
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'denied_enforcement_file' AND "column" = 'org_business' THEN n END) AS t3_denied_enforcement_file_org_business
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'denied_enforcement_file' AND "column" = 'org_research' THEN n END) AS t3_denied_enforcement_file_org_research
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'denied_enforcement_file' AND "column" = 'org_public_welfare' THEN n END) AS t3_denied_enforcement_file_org_public_welfare
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'denied_enforcement_file' AND "column" = 'org_legal_service' THEN n END) AS t3_denied_enforcement_file_org_legal_service
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'denied_enforcement_file' AND "column" = 'org_other' THEN n END) AS t3_denied_enforcement_file_org_other
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'denied_enforcement_file' AND "column" = 'total' THEN n END) AS t3_denied_enforcement_file_total
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'denied_enforcement_file' AND "column" = 'total' AND state = 'blank' THEN 1 ELSE 0 END) AS t3_denied_enforcement_file_total_blank
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'denied_admin_query' AND "column" = 'natural_person' THEN n END) AS t3_denied_admin_query_natural_person
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'denied_admin_query' AND "column" = 'org_business' THEN n END) AS t3_denied_admin_query_org_business
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'denied_admin_query' AND "column" = 'org_research' THEN n END) AS t3_denied_admin_query_org_research
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'denied_admin_query' AND "column" = 'org_public_welfare' THEN n END) AS t3_denied_admin_query_org_public_welfare
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'denied_admin_query' AND "column" = 'org_legal_service' THEN n END) AS t3_denied_admin_query_org_legal_service
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'denied_admin_query' AND "column" = 'org_other' THEN n END) AS t3_denied_admin_query_org_other
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'denied_admin_query' AND "column" = 'total' THEN n END) AS t3_denied_admin_query_total
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'denied_admin_query' AND "column" = 'total' AND state = 'blank' THEN 1 ELSE 0 END) AS t3_denied_admin_query_total_blank
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'unable_not_held' AND "column" = 'natural_person' THEN n END) AS t3_unable_not_held_natural_person
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'unable_not_held' AND "column" = 'org_business' THEN n END) AS t3_unable_not_held_org_business
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'unable_not_held' AND "column" = 'org_research' THEN n END) AS t3_unable_not_held_org_research
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'unable_not_held' AND "column" = 'org_public_welfare' THEN n END) AS t3_unable_not_held_org_public_welfare
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'unable_not_held' AND "column" = 'org_legal_service' THEN n END) AS t3_unable_not_held_org_legal_service
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'unable_not_held' AND "column" = 'org_other' THEN n END) AS t3_unable_not_held_org_other
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'unable_not_held' AND "column" = 'total' THEN n END) AS t3_unable_not_held_total
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'unable_not_held' AND "column" = 'total' AND state = 'blank' THEN 1 ELSE 0 END) AS t3_unable_not_held_total_blank
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'unable_must_create' AND "column" = 'natural_person' THEN n END) AS t3_unable_must_create_natural_person
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'unable_must_create' AND "column" = 'org_business' THEN n END) AS t3_unable_must_create_org_business
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'unable_must_create' AND "column" = 'org_research' THEN n END) AS t3_unable_must_create_org_research
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'unable_must_create' AND "column" = 'org_public_welfare' THEN n END) AS t3_unable_must_create_org_public_welfare
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'unable_must_create' AND "column" = 'org_legal_service' THEN n END) AS t3_unable_must_create_org_legal_service
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'unable_must_create' AND "column" = 'org_other' THEN n END) AS t3_unable_must_create_org_other
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'unable_must_create' AND "column" = 'total' THEN n END) AS t3_unable_must_create_total
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'unable_must_create' AND "column" = 'total' AND state = 'blank' THEN 1 ELSE 0 END) AS t3_unable_must_create_total_blank
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'unable_unclear' AND "column" = 'natural_person' THEN n END) AS t3_unable_unclear_natural_person
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'unable_unclear' AND "column" = 'org_business' THEN n END) AS t3_unable_unclear_org_business
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'unable_unclear' AND "column" = 'org_research' THEN n END) AS t3_unable_unclear_org_research
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'unable_unclear' AND "column" = 'org_public_welfare' THEN n END) AS t3_unable_unclear_org_public_welfare
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'unable_unclear' AND "column" = 'org_legal_service' THEN n END) AS t3_unable_unclear_org_legal_service
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'unable_unclear' AND "column" = 'org_other' THEN n END) AS t3_unable_unclear_org_other
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'unable_unclear' AND "column" = 'total' THEN n END) AS t3_unable_unclear_total
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'unable_unclear' AND "column" = 'total' AND state = 'blank' THEN 1 ELSE 0 END) AS t3_unable_unclear_total_blank
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'unprocessed_petition' AND "column" = 'natural_person' THEN n END) AS t3_unprocessed_petition_natural_person
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'unprocessed_petition' AND "column" = 'org_business' THEN n END) AS t3_unprocessed_petition_org_business
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'unprocessed_petition' AND "column" = 'org_research' THEN n END) AS t3_unprocessed_petition_org_research
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'unprocessed_petition' AND "column" = 'org_public_welfare' THEN n END) AS t3_unprocessed_petition_org_public_welfare
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'unprocessed_petition' AND "column" = 'org_legal_service' THEN n END) AS t3_unprocessed_petition_org_legal_service
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'unprocessed_petition' AND "column" = 'org_other' THEN n END) AS t3_unprocessed_petition_org_other
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'unprocessed_petition' AND "column" = 'total' THEN n END) AS t3_unprocessed_petition_total
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'unprocessed_petition' AND "column" = 'total' AND state = 'blank' THEN 1 ELSE 0 END) AS t3_unprocessed_petition_total_blank
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'unprocessed_duplicate' AND "column" = 'natural_person' THEN n END) AS t3_unprocessed_duplicate_natural_person
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'unprocessed_duplicate' AND "column" = 'org_business' THEN n END) AS t3_unprocessed_duplicate_org_business
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'unprocessed_duplicate' AND "column" = 'org_research' THEN n END) AS t3_unprocessed_duplicate_org_research
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'unprocessed_duplicate' AND "column" = 'org_public_welfare' THEN n END) AS t3_unprocessed_duplicate_org_public_welfare
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'unprocessed_duplicate' AND "column" = 'org_legal_service' THEN n END) AS t3_unprocessed_duplicate_org_legal_service
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'unprocessed_duplicate' AND "column" = 'org_other' THEN n END) AS t3_unprocessed_duplicate_org_other
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'unprocessed_duplicate' AND "column" = 'total' THEN n END) AS t3_unprocessed_duplicate_total
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'unprocessed_duplicate' AND "column" = 'total' AND state = 'blank' THEN 1 ELSE 0 END) AS t3_unprocessed_duplicate_total_blank
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'unprocessed_publication' AND "column" = 'natural_person' THEN n END) AS t3_unprocessed_publication_natural_person
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'unprocessed_publication' AND "column" = 'org_business' THEN n END) AS t3_unprocessed_publication_org_business
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'unprocessed_publication' AND "column" = 'org_research' THEN n END) AS t3_unprocessed_publication_org_research
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'unprocessed_publication' AND "column" = 'org_public_welfare' THEN n END) AS t3_unprocessed_publication_org_public_welfare
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'unprocessed_publication' AND "column" = 'org_legal_service' THEN n END) AS t3_unprocessed_publication_org_legal_service
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'unprocessed_publication' AND "column" = 'org_other' THEN n END) AS t3_unprocessed_publication_org_other
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'unprocessed_publication' AND "column" = 'total' THEN n END) AS t3_unprocessed_publication_total
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'unprocessed_publication' AND "column" = 'total' AND state = 'blank' THEN 1 ELSE 0 END) AS t3_unprocessed_publication_total_blank
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'unprocessed_excessive' AND "column" = 'natural_person' THEN n END) AS t3_unprocessed_excessive_natural_person
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'unprocessed_excessive' AND "column" = 'org_business' THEN n END) AS t3_unprocessed_excessive_org_business
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'unprocessed_excessive' AND "column" = 'org_research' THEN n END) AS t3_unprocessed_excessive_org_research
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'unprocessed_excessive' AND "column" = 'org_public_welfare' THEN n END) AS t3_unprocessed_excessive_org_public_welfare
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'unprocessed_excessive' AND "column" = 'org_legal_service' THEN n END) AS t3_unprocessed_excessive_org_legal_service
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'unprocessed_excessive' AND "column" = 'org_other' THEN n END) AS t3_unprocessed_excessive_org_other
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'unprocessed_excessive' AND "column" = 'total' THEN n END) AS t3_unprocessed_excessive_total
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'unprocessed_excessive' AND "column" = 'total' AND state = 'blank' THEN 1 ELSE 0 END) AS t3_unprocessed_excessive_total_blank
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'unprocessed_reconfirm' AND "column" = 'natural_person' THEN n END) AS t3_unprocessed_reconfirm_natural_person
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'unprocessed_reconfirm' AND "column" = 'org_business' THEN n END) AS t3_unprocessed_reconfirm_org_business
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'unprocessed_reconfirm' AND "column" = 'org_research' THEN n END) AS t3_unprocessed_reconfirm_org_research
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'unprocessed_reconfirm' AND "column" = 'org_public_welfare' THEN n END) AS t3_unprocessed_reconfirm_org_public_welfare
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'unprocessed_reconfirm' AND "column" = 'org_legal_service' THEN n END) AS t3_unprocessed_reconfirm_org_legal_service
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'unprocessed_reconfirm' AND "column" = 'org_other' THEN n END) AS t3_unprocessed_reconfirm_org_other
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'unprocessed_reconfirm' AND "column" = 'total' THEN n END) AS t3_unprocessed_reconfirm_total
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'unprocessed_reconfirm' AND "column" = 'total' AND state = 'blank' THEN 1 ELSE 0 END) AS t3_unprocessed_reconfirm_total_blank
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'other_not_corrected' AND "column" = 'natural_person' THEN n END) AS t3_other_not_corrected_natural_person
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'other_not_corrected' AND "column" = 'org_business' THEN n END) AS t3_other_not_corrected_org_business
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'other_not_corrected' AND "column" = 'org_research' THEN n END) AS t3_other_not_corrected_org_research
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'other_not_corrected' AND "column" = 'org_public_welfare' THEN n END) AS t3_other_not_corrected_org_public_welfare
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'other_not_corrected' AND "column" = 'org_legal_service' THEN n END) AS t3_other_not_corrected_org_legal_service
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'other_not_corrected' AND "column" = 'org_other' THEN n END) AS t3_other_not_corrected_org_other
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'other_not_corrected' AND "column" = 'total' THEN n END) AS t3_other_not_corrected_total
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'other_not_corrected' AND "column" = 'total' AND state = 'blank' THEN 1 ELSE 0 END) AS t3_other_not_corrected_total_blank
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'other_fee_unpaid' AND "column" = 'natural_person' THEN n END) AS t3_other_fee_unpaid_natural_person
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'other_fee_unpaid' AND "column" = 'org_business' THEN n END) AS t3_other_fee_unpaid_org_business
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'other_fee_unpaid' AND "column" = 'org_research' THEN n END) AS t3_other_fee_unpaid_org_research
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'other_fee_unpaid' AND "column" = 'org_public_welfare' THEN n END) AS t3_other_fee_unpaid_org_public_welfare
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'other_fee_unpaid' AND "column" = 'org_legal_service' THEN n END) AS t3_other_fee_unpaid_org_legal_service
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'other_fee_unpaid' AND "column" = 'org_other' THEN n END) AS t3_other_fee_unpaid_org_other
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'other_fee_unpaid' AND "column" = 'total' THEN n END) AS t3_other_fee_unpaid_total
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'other_fee_unpaid' AND "column" = 'total' AND state = 'blank' THEN 1 ELSE 0 END) AS t3_other_fee_unpaid_total_blank
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'other_misc' AND "column" = 'natural_person' THEN n END) AS t3_other_misc_natural_person
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'other_misc' AND "column" = 'org_business' THEN n END) AS t3_other_misc_org_business
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'other_misc' AND "column" = 'org_research' THEN n END) AS t3_other_misc_org_research
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'other_misc' AND "column" = 'org_public_welfare' THEN n END) AS t3_other_misc_org_public_welfare
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'other_misc' AND "column" = 'org_legal_service' THEN n END) AS t3_other_misc_org_legal_service
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'other_misc' AND "column" = 'org_other' THEN n END) AS t3_other_misc_org_other
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'other_misc' AND "column" = 'total' THEN n END) AS t3_other_misc_total
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'other_misc' AND "column" = 'total' AND state = 'blank' THEN 1 ELSE 0 END) AS t3_other_misc_total_blank
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'processed_total' AND "column" = 'natural_person' THEN n END) AS t3_processed_total_natural_person
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'processed_total' AND "column" = 'natural_person' AND state = 'blank' THEN 1 ELSE 0 END) AS t3_processed_total_natural_person_blank
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'processed_total' AND "column" = 'org_business' THEN n END) AS t3_processed_total_org_business
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'processed_total' AND "column" = 'org_business' AND state = 'blank' THEN 1 ELSE 0 END) AS t3_processed_total_org_business_blank
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'processed_total' AND "column" = 'org_research' THEN n END) AS t3_processed_total_org_research
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'processed_total' AND "column" = 'org_research' AND state = 'blank' THEN 1 ELSE 0 END) AS t3_processed_total_org_research_blank
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'processed_total' AND "column" = 'org_public_welfare' THEN n END) AS t3_processed_total_org_public_welfare
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'processed_total' AND "column" = 'org_public_welfare' AND state = 'blank' THEN 1 ELSE 0 END) AS t3_processed_total_org_public_welfare_blank
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'processed_total' AND "column" = 'org_legal_service' THEN n END) AS t3_processed_total_org_legal_service
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'processed_total' AND "column" = 'org_legal_service' AND state = 'blank' THEN 1 ELSE 0 END) AS t3_processed_total_org_legal_service_blank
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'processed_total' AND "column" = 'org_other' THEN n END) AS t3_processed_total_org_other
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'processed_total' AND "column" = 'org_other' AND state = 'blank' THEN 1 ELSE 0 END) AS t3_processed_total_org_other_blank
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'processed_total' AND "column" = 'total' THEN n END) AS t3_processed_total_total
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'processed_total' AND "column" = 'total' AND state = 'blank' THEN 1 ELSE 0 END) AS t3_processed_total_total_blank
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'carried_out' AND "column" = 'natural_person' THEN n END) AS t3_carried_out_natural_person
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'carried_out' AND "column" = 'org_business' THEN n END) AS t3_carried_out_org_business
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'carried_out' AND "column" = 'org_research' THEN n END) AS t3_carried_out_org_research
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'carried_out' AND "column" = 'org_public_welfare' THEN n END) AS t3_carried_out_org_public_welfare
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'carried_out' AND "column" = 'org_legal_service' THEN n END) AS t3_carried_out_org_legal_service
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'carried_out' AND "column" = 'org_other' THEN n END) AS t3_carried_out_org_other
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'carried_out' AND "column" = 'total' THEN n END) AS t3_carried_out_total
    , MAX(CASE WHEN "table" = 't3' AND "row" = 'carried_out' AND "column" = 'total' AND state = 'blank' THEN 1 ELSE 0 END) AS t3_carried_out_total_blank
    , MAX(CASE WHEN "table" = 't4' AND "row" = 'review' AND "column" = 'upheld' THEN n END) AS t4_review_upheld
    , MAX(CASE WHEN "table" = 't4' AND "row" = 'review' AND "column" = 'corrected' THEN n END) AS t4_review_corrected
    , MAX(CASE WHEN "table" = 't4' AND "row" = 'review' AND "column" = 'other' THEN n END) AS t4_review_other
    , MAX(CASE WHEN "table" = 't4' AND "row" = 'review' AND "column" = 'pending' THEN n END) AS t4_review_pending
    , MAX(CASE WHEN "table" = 't4' AND "row" = 'review' AND "column" = 'total' THEN n END) AS t4_review_total
    , MAX(CASE WHEN "table" = 't4' AND "row" = 'review' AND "column" = 'total' AND state = 'blank' THEN 1 ELSE 0 END) AS t4_review_total_blank
    , MAX(CASE WHEN "table" = 't4' AND "row" = 'suit_direct' AND "column" = 'upheld' THEN n END) AS t4_suit_direct_upheld
    , MAX(CASE WHEN "table" = 't4' AND "row" = 'suit_direct' AND "column" = 'corrected' THEN n END) AS t4_suit_direct_corrected
    , MAX(CASE WHEN "table" = 't4' AND "row" = 'suit_direct' AND "column" = 'other' THEN n END) AS t4_suit_direct_other
    , MAX(CASE WHEN "table" = 't4' AND "row" = 'suit_direct' AND "column" = 'pending' THEN n END) AS t4_suit_direct_pending
    , MAX(CASE WHEN "table" = 't4' AND "row" = 'suit_direct' AND "column" = 'total' THEN n END) AS t4_suit_direct_total
    , MAX(CASE WHEN "table" = 't4' AND "row" = 'suit_direct' AND "column" = 'total' AND state = 'blank' THEN 1 ELSE 0 END) AS t4_suit_direct_total_blank
    , MAX(CASE WHEN "table" = 't4' AND "row" = 'suit_after_review' AND "column" = 'upheld' THEN n END) AS t4_suit_after_review_upheld
    , MAX(CASE WHEN "table" = 't4' AND "row" = 'suit_after_review' AND "column" = 'corrected' THEN n END) AS t4_suit_after_review_corrected
    , MAX(CASE WHEN "table" = 't4' AND "row" = 'suit_after_review' AND "column" = 'other' THEN n END) AS t4_suit_after_review_other
    , MAX(CASE WHEN "table" = 't4' AND "row" = 'suit_after_review' AND "column" = 'pending' THEN n END) AS t4_suit_after_review_pending
    , MAX(CASE WHEN "table" = 't4' AND "row" = 'suit_after_review' AND "column" = 'total' THEN n END) AS t4_suit_after_review_total
    , MAX(CASE WHEN "table" = 't4' AND "row" = 'suit_after_review' AND "column" = 'total' AND state = 'blank' THEN 1 ELSE 0 END) AS t4_suit_after_review_total_blank
  FROM whole GROUP BY body, year
), filled_1 AS (
  SELECT wide.*
    , CASE WHEN t3_new_received_total_blank = 1 THEN t3_new_received_natural_person + t3_new_received_org_business + t3_new_received_org_research + t3_new_received_org_public_welfare + t3_new_received_org_legal_service + t3_new_received_org_other ELSE t3_new_received_total END AS t3_new_received_total_read
    , CASE WHEN t3_carried_in_total_blank = 1 THEN t3_carried_in_natural_person + t3_carried_in_org_business + t3_carried_in_org_research + t3_carried_in_org_public_welfare + t3_carried_in_org_legal_service + t3_carried_in_org_other ELSE t3_carried_in_total END AS t3_carried_in_total_read
    , CASE WHEN t3_granted_full_total_blank = 1 THEN t3_granted_full_natural_person + t3_granted_full_org_business + t3_granted_full_org_research + t3_granted_full_org_public_welfare + t3_granted_full_org_legal_service + t3_granted_full_org_other ELSE t3_granted_full_total END AS t3_granted_full_total_read
    , CASE WHEN t3_granted_partial_total_blank = 1 THEN t3_granted_partial_natural_person + t3_granted_partial_org_business + t3_granted_partial_org_research + t3_granted_partial_org_public_welfare + t3_granted_partial_org_legal_service + t3_granted_partial_org_other ELSE t3_granted_partial_total END AS t3_granted_partial_total_read
    , CASE WHEN t3_denied_state_secret_total_blank = 1 THEN t3_denied_state_secret_natural_person + t3_denied_state_secret_org_business + t3_denied_state_secret_org_research + t3_denied_state_secret_org_public_welfare + t3_denied_state_secret_org_legal_service + t3_denied_state_secret_org_other ELSE t3_denied_state_secret_total END AS t3_denied_state_secret_total_read
    , CASE WHEN t3_denied_other_law_total_blank = 1 THEN t3_denied_other_law_natural_person + t3_denied_other_law_org_business + t3_denied_other_law_org_research + t3_denied_other_law_org_public_welfare + t3_denied_other_law_org_legal_service + t3_denied_other_law_org_other ELSE t3_denied_other_law_total END AS t3_denied_other_law_total_read
    , CASE WHEN t3_denied_security_stability_total_blank = 1 THEN t3_denied_security_stability_natural_person + t3_denied_security_stability_org_business + t3_denied_security_stability_org_research + t3_denied_security_stability_org_public_welfare + t3_denied_security_stability_org_legal_service + t3_denied_security_stability_org_other ELSE t3_denied_security_stability_total END AS t3_denied_security_stability_total_read
    , CASE WHEN t3_denied_third_party_total_blank = 1 THEN t3_denied_third_party_natural_person + t3_denied_third_party_org_business + t3_denied_third_party_org_research + t3_denied_third_party_org_public_welfare + t3_denied_third_party_org_legal_service + t3_denied_third_party_org_other ELSE t3_denied_third_party_total END AS t3_denied_third_party_total_read
    , CASE WHEN t3_denied_internal_affairs_total_blank = 1 THEN t3_denied_internal_affairs_natural_person + t3_denied_internal_affairs_org_business + t3_denied_internal_affairs_org_research + t3_denied_internal_affairs_org_public_welfare + t3_denied_internal_affairs_org_legal_service + t3_denied_internal_affairs_org_other ELSE t3_denied_internal_affairs_total END AS t3_denied_internal_affairs_total_read
    , CASE WHEN t3_denied_deliberative_total_blank = 1 THEN t3_denied_deliberative_natural_person + t3_denied_deliberative_org_business + t3_denied_deliberative_org_research + t3_denied_deliberative_org_public_welfare + t3_denied_deliberative_org_legal_service + t3_denied_deliberative_org_other ELSE t3_denied_deliberative_total END AS t3_denied_deliberative_total_read
    , CASE WHEN t3_denied_enforcement_file_total_blank = 1 THEN t3_denied_enforcement_file_natural_person + t3_denied_enforcement_file_org_business + t3_denied_enforcement_file_org_research + t3_denied_enforcement_file_org_public_welfare + t3_denied_enforcement_file_org_legal_service + t3_denied_enforcement_file_org_other ELSE t3_denied_enforcement_file_total END AS t3_denied_enforcement_file_total_read
    , CASE WHEN t3_denied_admin_query_total_blank = 1 THEN t3_denied_admin_query_natural_person + t3_denied_admin_query_org_business + t3_denied_admin_query_org_research + t3_denied_admin_query_org_public_welfare + t3_denied_admin_query_org_legal_service + t3_denied_admin_query_org_other ELSE t3_denied_admin_query_total END AS t3_denied_admin_query_total_read
    , CASE WHEN t3_unable_not_held_total_blank = 1 THEN t3_unable_not_held_natural_person + t3_unable_not_held_org_business + t3_unable_not_held_org_research + t3_unable_not_held_org_public_welfare + t3_unable_not_held_org_legal_service + t3_unable_not_held_org_other ELSE t3_unable_not_held_total END AS t3_unable_not_held_total_read
    , CASE WHEN t3_unable_must_create_total_blank = 1 THEN t3_unable_must_create_natural_person + t3_unable_must_create_org_business + t3_unable_must_create_org_research + t3_unable_must_create_org_public_welfare + t3_unable_must_create_org_legal_service + t3_unable_must_create_org_other ELSE t3_unable_must_create_total END AS t3_unable_must_create_total_read
    , CASE WHEN t3_unable_unclear_total_blank = 1 THEN t3_unable_unclear_natural_person + t3_unable_unclear_org_business + t3_unable_unclear_org_research + t3_unable_unclear_org_public_welfare + t3_unable_unclear_org_legal_service + t3_unable_unclear_org_other ELSE t3_unable_unclear_total END AS t3_unable_unclear_total_read
    , CASE WHEN t3_unprocessed_petition_total_blank = 1 THEN t3_unprocessed_petition_natural_person + t3_unprocessed_petition_org_business + t3_unprocessed_petition_org_research + t3_unprocessed_petition_org_public_welfare + t3_unprocessed_petition_org_legal_service + t3_unprocessed_petition_org_other ELSE t3_unprocessed_petition_total END AS t3_unprocessed_petition_total_read
    , CASE WHEN t3_unprocessed_duplicate_total_blank = 1 THEN t3_unprocessed_duplicate_natural_person + t3_unprocessed_duplicate_org_business + t3_unprocessed_duplicate_org_research + t3_unprocessed_duplicate_org_public_welfare + t3_unprocessed_duplicate_org_legal_service + t3_unprocessed_duplicate_org_other ELSE t3_unprocessed_duplicate_total END AS t3_unprocessed_duplicate_total_read
    , CASE WHEN t3_unprocessed_publication_total_blank = 1 THEN t3_unprocessed_publication_natural_person + t3_unprocessed_publication_org_business + t3_unprocessed_publication_org_research + t3_unprocessed_publication_org_public_welfare + t3_unprocessed_publication_org_legal_service + t3_unprocessed_publication_org_other ELSE t3_unprocessed_publication_total END AS t3_unprocessed_publication_total_read
    , CASE WHEN t3_unprocessed_excessive_total_blank = 1 THEN t3_unprocessed_excessive_natural_person + t3_unprocessed_excessive_org_business + t3_unprocessed_excessive_org_research + t3_unprocessed_excessive_org_public_welfare + t3_unprocessed_excessive_org_legal_service + t3_unprocessed_excessive_org_other ELSE t3_unprocessed_excessive_total END AS t3_unprocessed_excessive_total_read
    , CASE WHEN t3_unprocessed_reconfirm_total_blank = 1 THEN t3_unprocessed_reconfirm_natural_person + t3_unprocessed_reconfirm_org_business + t3_unprocessed_reconfirm_org_research + t3_unprocessed_reconfirm_org_public_welfare + t3_unprocessed_reconfirm_org_legal_service + t3_unprocessed_reconfirm_org_other ELSE t3_unprocessed_reconfirm_total END AS t3_unprocessed_reconfirm_total_read
    , CASE WHEN t3_other_not_corrected_total_blank = 1 THEN t3_other_not_corrected_natural_person + t3_other_not_corrected_org_business + t3_other_not_corrected_org_research + t3_other_not_corrected_org_public_welfare + t3_other_not_corrected_org_legal_service + t3_other_not_corrected_org_other ELSE t3_other_not_corrected_total END AS t3_other_not_corrected_total_read
    , CASE WHEN t3_other_fee_unpaid_total_blank = 1 THEN t3_other_fee_unpaid_natural_person + t3_other_fee_unpaid_org_business + t3_other_fee_unpaid_org_research + t3_other_fee_unpaid_org_public_welfare + t3_other_fee_unpaid_org_legal_service + t3_other_fee_unpaid_org_other ELSE t3_other_fee_unpaid_total END AS t3_other_fee_unpaid_total_read
    , CASE WHEN t3_other_misc_total_blank = 1 THEN t3_other_misc_natural_person + t3_other_misc_org_business + t3_other_misc_org_research + t3_other_misc_org_public_welfare + t3_other_misc_org_legal_service + t3_other_misc_org_other ELSE t3_other_misc_total END AS t3_other_misc_total_read
    , CASE WHEN t3_carried_out_total_blank = 1 THEN t3_carried_out_natural_person + t3_carried_out_org_business + t3_carried_out_org_research + t3_carried_out_org_public_welfare + t3_carried_out_org_legal_service + t3_carried_out_org_other ELSE t3_carried_out_total END AS t3_carried_out_total_read
    , CASE WHEN t4_review_total_blank = 1 THEN t4_review_upheld + t4_review_corrected + t4_review_other + t4_review_pending ELSE t4_review_total END AS t4_review_total_read
    , CASE WHEN t4_suit_direct_total_blank = 1 THEN t4_suit_direct_upheld + t4_suit_direct_corrected + t4_suit_direct_other + t4_suit_direct_pending ELSE t4_suit_direct_total END AS t4_suit_direct_total_read
    , CASE WHEN t4_suit_after_review_total_blank = 1 THEN t4_suit_after_review_upheld + t4_suit_after_review_corrected + t4_suit_after_review_other + t4_suit_after_review_pending ELSE t4_suit_after_review_total END AS t4_suit_after_review_total_read
    , CASE WHEN t3_processed_total_natural_person_blank = 1 THEN t3_granted_full_natural_person + t3_granted_partial_natural_person + t3_denied_state_secret_natural_person + t3_denied_other_law_natural_person + t3_denied_security_stability_natural_person + t3_denied_third_party_natural_person + t3_denied_internal_affairs_natural_person + t3_denied_deliberative_natural_person + t3_denied_enforcement_file_natural_person + t3_denied_admin_query_natural_person + t3_unable_not_held_natural_person + t3_unable_must_create_natural_person + t3_unable_unclear_natural_person + t3_unprocessed_petition_natural_person + t3_unprocessed_duplicate_natural_person + t3_unprocessed_publication_natural_person + t3_unprocessed_excessive_natural_person + t3_unprocessed_reconfirm_natural_person + t3_other_not_corrected_natural_person + t3_other_fee_unpaid_natural_person + t3_other_misc_natural_person ELSE t3_processed_total_natural_person END AS t3_processed_total_natural_person_read
    , CASE WHEN t3_processed_total_org_business_blank = 1 THEN t3_granted_full_org_business + t3_granted_partial_org_business + t3_denied_state_secret_org_business + t3_denied_other_law_org_business + t3_denied_security_stability_org_business + t3_denied_third_party_org_business + t3_denied_internal_affairs_org_business + t3_denied_deliberative_org_business + t3_denied_enforcement_file_org_business + t3_denied_admin_query_org_business + t3_unable_not_held_org_business + t3_unable_must_create_org_business + t3_unable_unclear_org_business + t3_unprocessed_petition_org_business + t3_unprocessed_duplicate_org_business + t3_unprocessed_publication_org_business + t3_unprocessed_excessive_org_business + t3_unprocessed_reconfirm_org_business + t3_other_not_corrected_org_business + t3_other_fee_unpaid_org_business + t3_other_misc_org_business ELSE t3_processed_total_org_business END AS t3_processed_total_org_business_read
    , CASE WHEN t3_processed_total_org_research_blank = 1 THEN t3_granted_full_org_research + t3_granted_partial_org_research + t3_denied_state_secret_org_research + t3_denied_other_law_org_research + t3_denied_security_stability_org_research + t3_denied_third_party_org_research + t3_denied_internal_affairs_org_research + t3_denied_deliberative_org_research + t3_denied_enforcement_file_org_research + t3_denied_admin_query_org_research + t3_unable_not_held_org_research + t3_unable_must_create_org_research + t3_unable_unclear_org_research + t3_unprocessed_petition_org_research + t3_unprocessed_duplicate_org_research + t3_unprocessed_publication_org_research + t3_unprocessed_excessive_org_research + t3_unprocessed_reconfirm_org_research + t3_other_not_corrected_org_research + t3_other_fee_unpaid_org_research + t3_other_misc_org_research ELSE t3_processed_total_org_research END AS t3_processed_total_org_research_read
    , CASE WHEN t3_processed_total_org_public_welfare_blank = 1 THEN t3_granted_full_org_public_welfare + t3_granted_partial_org_public_welfare + t3_denied_state_secret_org_public_welfare + t3_denied_other_law_org_public_welfare + t3_denied_security_stability_org_public_welfare + t3_denied_third_party_org_public_welfare + t3_denied_internal_affairs_org_public_welfare + t3_denied_deliberative_org_public_welfare + t3_denied_enforcement_file_org_public_welfare + t3_denied_admin_query_org_public_welfare + t3_unable_not_held_org_public_welfare + t3_unable_must_create_org_public_welfare + t3_unable_unclear_org_public_welfare + t3_unprocessed_petition_org_public_welfare + t3_unprocessed_duplicate_org_public_welfare + t3_unprocessed_publication_org_public_welfare + t3_unprocessed_excessive_org_public_welfare + t3_unprocessed_reconfirm_org_public_welfare + t3_other_not_corrected_org_public_welfare + t3_other_fee_unpaid_org_public_welfare + t3_other_misc_org_public_welfare ELSE t3_processed_total_org_public_welfare END AS t3_processed_total_org_public_welfare_read
    , CASE WHEN t3_processed_total_org_legal_service_blank = 1 THEN t3_granted_full_org_legal_service + t3_granted_partial_org_legal_service + t3_denied_state_secret_org_legal_service + t3_denied_other_law_org_legal_service + t3_denied_security_stability_org_legal_service + t3_denied_third_party_org_legal_service + t3_denied_internal_affairs_org_legal_service + t3_denied_deliberative_org_legal_service + t3_denied_enforcement_file_org_legal_service + t3_denied_admin_query_org_legal_service + t3_unable_not_held_org_legal_service + t3_unable_must_create_org_legal_service + t3_unable_unclear_org_legal_service + t3_unprocessed_petition_org_legal_service + t3_unprocessed_duplicate_org_legal_service + t3_unprocessed_publication_org_legal_service + t3_unprocessed_excessive_org_legal_service + t3_unprocessed_reconfirm_org_legal_service + t3_other_not_corrected_org_legal_service + t3_other_fee_unpaid_org_legal_service + t3_other_misc_org_legal_service ELSE t3_processed_total_org_legal_service END AS t3_processed_total_org_legal_service_read
    , CASE WHEN t3_processed_total_org_other_blank = 1 THEN t3_granted_full_org_other + t3_granted_partial_org_other + t3_denied_state_secret_org_other + t3_denied_other_law_org_other + t3_denied_security_stability_org_other + t3_denied_third_party_org_other + t3_denied_internal_affairs_org_other + t3_denied_deliberative_org_other + t3_denied_enforcement_file_org_other + t3_denied_admin_query_org_other + t3_unable_not_held_org_other + t3_unable_must_create_org_other + t3_unable_unclear_org_other + t3_unprocessed_petition_org_other + t3_unprocessed_duplicate_org_other + t3_unprocessed_publication_org_other + t3_unprocessed_excessive_org_other + t3_unprocessed_reconfirm_org_other + t3_other_not_corrected_org_other + t3_other_fee_unpaid_org_other + t3_other_misc_org_other ELSE t3_processed_total_org_other END AS t3_processed_total_org_other_read
  FROM wide
), filled_2 AS (
  SELECT filled_1.*
    , CASE WHEN t3_processed_total_total_blank = 1 THEN t3_processed_total_natural_person_read + t3_processed_total_org_business_read + t3_processed_total_org_research_read + t3_processed_total_org_public_welfare_read + t3_processed_total_org_legal_service_read + t3_processed_total_org_other_read ELSE t3_processed_total_total END AS t3_processed_total_total_read
  FROM filled_1
), identities (id, code, site) AS (VALUES
  (1, 'T3-COLSUM', 't3.natural_person'),
  (2, 'T3-COLSUM', 't3.org_business'),
  (3, 'T3-COLSUM', 't3.org_research'),
  (4, 'T3-COLSUM', 't3.org_public_welfare'),
  (5, 'T3-COLSUM', 't3.org_legal_service'),
  (6, 'T3-COLSUM', 't3.org_other'),
  (7, 'T3-COLSUM', 't3.total'),
  (8, 'T3-BALANCE', 't3.natural_person'),
  (9, 'T3-BALANCE', 't3.org_business'),
  (10, 'T3-BALANCE', 't3.org_research'),
  (11, 'T3-BALANCE', 't3.org_public_welfare'),
  (12, 'T3-BALANCE', 't3.org_legal_service'),
  (13, 'T3-BALANCE', 't3.org_other'),
  (14, 'T3-BALANCE', 't3.total'),
  (15, 'T3-ROWSUM', 't3.new_received'),
  (16, 'T3-ROWSUM', 't3.carried_in'),
  (17, 'T3-ROWSUM', 't3.granted_full'),
  (18, 'T3-ROWSUM', 't3.granted_partial'),
  (19, 'T3-ROWSUM', 't3.denied_state_secret'),
  (20, 'T3-ROWSUM', 't3.denied_other_law'),
  (21, 'T3-ROWSUM', 't3.denied_security_stability'),
  (22, 'T3-ROWSUM', 't3.denied_third_party'),
  (23, 'T3-ROWSUM', 't3.denied_internal_affairs'),
  (24, 'T3-ROWSUM', 't3.denied_deliberative'),
  (25, 'T3-ROWSUM', 't3.denied_enforcement_file'),
  (26, 'T3-ROWSUM', 't3.denied_admin_query'),
  (27, 'T3-ROWSUM', 't3.unable_not_held'),
  (28, 'T3-ROWSUM', 't3.unable_must_create'),
  (29, 'T3-ROWSUM', 't3.unable_unclear'),
  (30, 'T3-ROWSUM', 't3.unprocessed_petition'),
  (31, 'T3-ROWSUM', 't3.unprocessed_duplicate'),
  (32, 'T3-ROWSUM', 't3.unprocessed_publication'),
  (33, 'T3-ROWSUM', 't3.unprocessed_excessive'),
  (34, 'T3-ROWSUM', 't3.unprocessed_reconfirm'),
  (35, 'T3-ROWSUM', 't3.other_not_corrected'),
  (36, 'T3-ROWSUM', 't3.other_fee_unpaid'),
  (37, 'T3-ROWSUM', 't3.other_misc'),
  (38, 'T3-ROWSUM', 't3.processed_total'),
  (39, 'T3-ROWSUM', 't3.carried_out'),
  (40, 'T4-SUM', 't4.review'),
  (41, 'T4-SUM', 't4.suit_direct'),
  (42, 'T4-SUM', 't4.suit_after_review')
), sides AS (
  SELECT body, year, code, site,
    CASE id
      WHEN 1 THEN t3_granted_full_natural_person + t3_granted_partial_natural_person + t3_denied_state_secret_natural_person + t3_denied_other_law_natural_person + t3_denied_security_stability_natural_person + t3_denied_third_party_natural_person + t3_denied_internal_affairs_natural_person + t3_denied_deliberative_natural_person + t3_denied_enforcement_file_natural_person + t3_denied_admin_query_natural_person + t3_unable_not_held_natural_person + t3_unable_must_create_natural_person + t3_unable_unclear_natural_person + t3_unprocessed_petition_natural_person + t3_unprocessed_duplicate_natural_person + t3_unprocessed_publication_natural_person + t3_unprocessed_excessive_natural_person + t3_unprocessed_reconfirm_natural_person + t3_other_not_corrected_natural_person + t3_other_fee_unpaid_natural_person + t3_other_misc_natural_person
      WHEN 2 THEN t3_granted_full_org_business + t3_granted_partial_org_business + t3_denied_state_secret_org_business + t3_denied_other_law_org_business + t3_denied_security_stability_org_business + t3_denied_third_party_org_business + t3_denied_internal_affairs_org_business + t3_denied_deliberative_org_business + t3_denied_enforcement_file_org_business + t3_denied_admin_query_org_business + t3_unable_not_held_org_business + t3_unable_must_create_org_business + t3_unable_unclear_org_business + t3_unprocessed_petition_org_business + t3_unprocessed_duplicate_org_business + t3_unprocessed_publication_org_business + t3_unprocessed_excessive_org_business + t3_unprocessed_reconfirm_org_business + t3_other_not_corrected_org_business + t3_other_fee_unpaid_org_business + t3_other_misc_org_business
      WHEN 3 THEN t3_granted_full_org_research + t3_granted_partial_org_research + t3_denied_state_secret_org_research + t3_denied_other_law_org_research + t3_denied_security_stability_org_research + t3_denied_third_party_org_research + t3_denied_internal_affairs_org_research + t3_denied_deliberative_org_research + t3_denied_enforcement_file_org_research + t3_denied_admin_query_org_research + t3_unable_not_held_org_research + t3_unable_must_create_org_research + t3_unable_unclear_org_research + t3_unprocessed_petition_org_research + t3_unprocessed_duplicate_org_research + t3_unprocessed_publication_org_research + t3_unprocessed_excessive_org_research + t3_unprocessed_reconfirm_org_research + t3_other_not_corrected_org_research + t3_other_fee_unpaid_org_research + t3_other_misc_org_research
      WHEN 4 THEN t3_granted_full_org_public_welfare + t3_granted_partial_org_public_welfare + t3_denied_state_secret_org_public_welfare + t3_denied_other_law_org_public_welfare + t3_denied_security_stability_org_public_welfare + t3_denied_third_party_org_public_welfare + t3_denied_internal_affairs_org_public_welfare + t3_denied_deliberative_org_public_welfare + t3_denied_enforcement_file_org_public_welfare + t3_denied_admin_query_org_public_welfare + t3_unable_not_held_org_public_welfare + t3_unable_must_create_org_public_welfare + t3_unable_unclear_org_public_welfare + t3_unprocessed_petition_org_public_welfare + t3_unprocessed_duplicate_org_public_welfare + t3_unprocessed_publication_org_public_welfare + t3_unprocessed_excessive_org_public_welfare + t3_unprocessed_reconfirm_org_public_welfare + t3_other_not_corrected_org_public_welfare + t3_other_fee_unpaid_org_public_welfare + t3_other_misc_org_public_welfare
      WHEN 5 THEN t3_granted_full_org_legal_service + t3_granted_partial_org_legal_service + t3_denied_state_secret_org_legal_service + t3_denied_other_law_org_legal_service + t3_denied_security_stability_org_legal_service + t3_denied_third_party_org_legal_service + t3_denied_internal_affairs_org_legal_service + t3_denied_deliberative_org_legal_service + t3_denied_enforcement_file_org_legal_service + t3_denied_admin_query_org_legal_service + t3_unable_not_held_org_legal_service + t3_unable_must_create_org_legal_service + t3_unable_unclear_org_legal_service + t3_unprocessed_petition_org_legal_service + t3_unprocessed_duplicate_org_legal_service + t3_unprocessed_publication_org_legal_service + t3_unprocessed_excessive_org_legal_service + t3_unprocessed_reconfirm_org_legal_service + t3_other_not_corrected_org_legal_service + t3_other_fee_unpaid_org_legal_service + t3_other_misc_org_legal_service
      WHEN 6 THEN t3_granted_full_org_other + t3_granted_partial_org_other + t3_denied_state_secret_org_other + t3_denied_other_law_org_other + t3_denied_security_stability_org_other + t3_denied_third_party_org_other + t3_denied_internal_affairs_org_other + t3_denied_deliberative_org_other + t3_denied_enforcement_file_org_other + t3_denied_admin_query_org_other + t3_unable_not_held_org_other + t3_unable_must_create_org_other + t3_unable_unclear_org_other + t3_unprocessed_petition_org_other + t3_unprocessed_duplicate_org_other + t3_unprocessed_publication_org_other + t3_unprocessed_excessive_org_other + t3_unprocessed_reconfirm_org_other + t3_other_not_corrected_org_other + t3_other_fee_unpaid_org_other + t3_other_misc_org_other
      WHEN 7 THEN t3_granted_full_total_read + t3_granted_partial_total_read + t3_denied_state_secret_total_read + t3_denied_other_law_total_read + t3_denied_security_stability_total_read + t3_denied_third_party_total_read + t3_denied_internal_affairs_total_read + t3_denied_deliberative_total_read + t3_denied_enforcement_file_total_read + t3_denied_admin_query_total_read + t3_unable_not_held_total_read + t3_unable_must_create_total_read + t3_unable_unclear_total_read + t3_unprocessed_petition_total_read + t3_unprocessed_duplicate_total_read + t3_unprocessed_publication_total_read + t3_unprocessed_excessive_total_read + t3_unprocessed_reconfirm_total_read + t3_other_not_corrected_total_read + t3_other_fee_unpaid_total_read + t3_other_misc_total_read
      WHEN 8 THEN t3_new_received_natural_person + t3_carried_in_natural_person
      WHEN 9 THEN t3_new_received_org_business + t3_carried_in_org_business
      WHEN 10 THEN t3_new_received_org_research + t3_carried_in_org_research
      WHEN 11 THEN t3_new_received_org_public_welfare + t3_carried_in_org_public_welfare
      WHEN 12 THEN t3_new_received_org_legal_service + t3_carried_in_org_legal_service
      WHEN 13 THEN t3_new_received_org_other + t3_carried_in_org_other
      WHEN 14 THEN t3_new_received_total_read + t3_carried_in_total_read
      WHEN 15 THEN t3_new_received_natural_person + t3_new_received_org_business + t3_new_received_org_research + t3_new_received_org_public_welfare + t3_new_received_org_legal_service + t3_new_received_org_other
      WHEN 16 THEN t3_carried_in_natural_person + t3_carried_in_org_business + t3_carried_in_org_research + t3_carried_in_org_public_welfare + t3_carried_in_org_legal_service + t3_carried_in_org_other
      WHEN 17 THEN t3_granted_full_natural_person + t3_granted_full_org_business + t3_granted_full_org_research + t3_granted_full_org_public_welfare + t3_granted_full_org_legal_service + t3_granted_full_org_other
      WHEN 18 THEN t3_granted_partial_natural_person + t3_granted_partial_org_business + t3_granted_partial_org_research + t3_granted_partial_org_public_welfare + t3_granted_partial_org_legal_service + t3_granted_partial_org_other
      WHEN 19 THEN t3_denied_state_secret_natural_person + t3_denied_state_secret_org_business + t3_denied_state_secret_org_research + t3_denied_state_secret_org_public_welfare + t3_denied_state_secret_org_legal_service + t3_denied_state_secret_org_other
      WHEN 20 THEN t3_denied_other_law_natural_person + t3_denied_other_law_org_business + t3_denied_other_law_org_research + t3_denied_other_law_org_public_welfare + t3_denied_other_law_org_legal_service + t3_denied_other_law_org_other
      WHEN 21 THEN t3_denied_security_stability_natural_person + t3_denied_security_stability_org_business + t3_denied_security_stability_org_research + t3_denied_security_stability_org_public_welfare + t3_denied_security_stability_org_legal_service + t3_denied_security_stability_org_other
      WHEN 22 THEN t3_denied_third_party_natural_person + t3_denied_third_party_org_business + t3_denied_third_party_org_research + t3_denied_third_party_org_public_welfare + t3_denied_third_party_org_legal_service + t3_denied_third_party_org_other
      WHEN 23 THEN t3_denied_internal_affairs_natural_person + t3_denied_internal_affairs_org_business + t3_denied_internal_affairs_org_research + t3_denied_internal_affairs_org_public_welfare + t3_denied_internal_affairs_org_legal_service + t3_denied_internal_affairs_org_other
      WHEN 24 THEN t3_denied_deliberative_natural_person + t3_denied_deliberative_org_business + t3_denied_deliberative_org_research + t3_denied_deliberative_org_public_welfare + t3_denied_deliberative_org_legal_service + t3_denied_deliberative_org_other
      WHEN 25 THEN t3_denied_enforcement_file_natural_person + t3_denied_enforcement_file_org_business + t3_denied_enforcement_file_org_research + t3_denied_enforcement_file_org_public_welfare + t3_denied_enforcement_file_org_legal_service + t3_denied_enforcement_file_org_other
      WHEN 26 THEN t3_denied_admin_query_natural_person + t3_denied_admin_query_org_business + t3_denied_admin_query_org_research + t3_denied_admin_query_org_public_welfare + t3_denied_admin_query_org_legal_service + t3_denied_admin_query_org_other
      WHEN 27 THEN t3_unable_not_held_natural_person + t3_unable_not_held_org_business + t3_unable_not_held_org_research + t3_unable_not_held_org_public_welfare + t3_unable_not_held_org_legal_service + t3_unable_not_held_org_other
      WHEN 28 THEN t3_unable_must_create_natural_person + t3_unable_must_create_org_business + t3_unable_must_create_org_research + t3_unable_must_create_org_public_welfare + t3_unable_must_create_org_legal_service + t3_unable_must_create_org_other
      WHEN 29 THEN t3_unable_unclear_natural_person + t3_unable_unclear_org_business + t3_unable_unclear_org_research + t3_unable_unclear_org_public_welfare + t3_unable_unclear_org_legal_service + t3_unable_unclear_org_other
      WHEN 30 THEN t3_unprocessed_petition_natural_person + t3_unprocessed_petition_org_business + t3_unprocessed_petition_org_research + t3_unprocessed_petition_org_public_welfare + t3_unprocessed_petition_org_legal_service + t3_unprocessed_petition_org_other
      WHEN 31 THEN t3_unprocessed_duplicate_natural_person + t3_unprocessed_duplicate_org_business + t3_unprocessed_duplicate_org_research + t3_unprocessed_duplicate_org_public_welfare + t3_unprocessed_duplicate_org_legal_service + t3_unprocessed_duplicate_org_other
      WHEN 32 THEN t3_unprocessed_publication_natural_person + t3_unprocessed_publication_org_business + t3_unprocessed_publication_org_research + t3_unprocessed_publication_org_public_welfare + t3_unprocessed_publication_org_legal_service + t3_unprocessed_publication_org_other
      WHEN 33 THEN t3_unprocessed_excessive_natural_person + t3_unprocessed_excessive_org_business + t3_unprocessed_excessive_org_research + t3_unprocessed_excessive_org_public_welfare + t3_unprocessed_excessive_org_legal_service + t3_unprocessed_excessive_org_other
      WHEN 34 THEN t3_unprocessed_reconfirm_natural_person + t3_unprocessed_reconfirm_org_business + t3_unprocessed_reconfirm_org_research + t3_unprocessed_reconfirm_org_public_welfare + t3_unprocessed_reconfirm_org_legal_service + t3_unprocessed_reconfirm_org_other
      WHEN 35 THEN t3_other_not_corrected_natural_person + t3_other_not_corrected_org_business + t3_other_not_corrected_org_research + t3_other_not_corrected_org_public_welfare + t3_other_not_corrected_org_legal_service + t3_other_not_corrected_org_other
      WHEN 36 THEN t3_other_fee_unpaid_natural_person + t3_other_fee_unpaid_org_business + t3_other_fee_unpaid_org_research + t3_other_fee_unpaid_org_public_welfare + t3_other_fee_unpaid_org_legal_service + t3_other_fee_unpaid_org_other
      WHEN 37 THEN t3_other_misc_natural_person + t3_other_misc_org_business + t3_other_misc_org_research + t3_other_misc_org_public_welfare + t3_other_misc_org_legal_service + t3_other_misc_org_other
      WHEN 38 THEN t3_processed_total_natural_person_read + t3_processed_total_org_business_read + t3_processed_total_org_research_read + t3_processed_total_org_public_welfare_read + t3_processed_total_org_legal_service_read + t3_processed_total_org_other_read
      WHEN 39 THEN t3_carried_out_natural_person + t3_carried_out_org_business + t3_carried_out_org_research + t3_carried_out_org_public_welfare + t3_carried_out_org_legal_service + t3_carried_out_org_other
      WHEN 40 THEN t4_review_upheld + t4_review_corrected + t4_review_other + t4_review_pending
      WHEN 41 THEN t4_suit_direct_upheld + t4_suit_direct_corrected + t4_suit_direct_other + t4_suit_direct_pending
      WHEN 42 THEN t4_suit_after_review_upheld + t4_suit_after_review_corrected + t4_suit_after_review_other + t4_suit_after_review_pending
    END AS l,
    CASE id
      WHEN 1 THEN t3_processed_total_natural_person_read
      WHEN 2 THEN t3_processed_total_org_business_read
      WHEN 3 THEN t3_processed_total_org_research_read
      WHEN 4 THEN t3_processed_total_org_public_welfare_read
      WHEN 5 THEN t3_processed_total_org_legal_service_read
      WHEN 6 THEN t3_processed_total_org_other_read
      WHEN 7 THEN t3_processed_total_total_read
      WHEN 8 THEN t3_processed_total_natural_person_read + t3_carried_out_natural_person
      WHEN 9 THEN t3_processed_total_org_business_read + t3_carried_out_org_business
      WHEN 10 THEN t3_processed_total_org_research_read + t3_carried_out_org_research
      WHEN 11 THEN t3_processed_total_org_public_welfare_read + t3_carried_out_org_public_welfare
      WHEN 12 THEN t3_processed_total_org_legal_service_read + t3_carried_out_org_legal_service
      WHEN 13 THEN t3_processed_total_org_other_read + t3_carried_out_org_other
      WHEN 14 THEN t3_processed_total_total_read + t3_carried_out_total_read
      WHEN 15 THEN t3_new_received_total_read
      WHEN 16 THEN t3_carried_in_total_read
      WHEN 17 THEN t3_granted_full_total_read
      WHEN 18 THEN t3_granted_partial_total_read
      WHEN 19 THEN t3_denied_state_secret_total_read
      WHEN 20 THEN t3_denied_other_law_total_read
      WHEN 21 THEN t3_denied_security_stability_total_read
      WHEN 22 THEN t3_denied_third_party_total_read
      WHEN 23 THEN t3_denied_internal_affairs_total_read
      WHEN 24 THEN t3_denied_deliberative_total_read
      WHEN 25 THEN t3_denied_enforcement_file_total_read
      WHEN 26 THEN t3_denied_admin_query_total_read
      WHEN 27 THEN t3_unable_not_held_total_read
      WHEN 28 THEN t3_unable_must_create_total_read
      WHEN 29 THEN t3_unable_unclear_total_read
      WHEN 30 THEN t3_unprocessed_petition_total_read
      WHEN 31 THEN t3_unprocessed_duplicate_total_read
      WHEN 32 THEN t3_unprocessed_publication_total_read
      WHEN 33 THEN t3_unprocessed_excessive_total_read
      WHEN 34 THEN t3_unprocessed_reconfirm_total_read
      WHEN 35 THEN t3_other_not_corrected_total_read
      WHEN 36 THEN t3_other_fee_unpaid_total_read
      WHEN 37 THEN t3_other_misc_total_read
      WHEN 38 THEN t3_processed_total_total_read
      WHEN 39 THEN t3_carried_out_total_read
      WHEN 40 THEN t4_review_total_read
      WHEN 41 THEN t4_suit_direct_total_read
      WHEN 42 THEN t4_suit_after_review_total_read
    END AS r
  FROM filled_2 CROSS JOIN identities WHERE found = 200
)
SELECT body, year, code, site, l AS "left", r AS "right", l - r AS gap FROM sides WHERE l <> r
UNION ALL
SELECT body, year, 'ROWS', '2021', found, 200, found - 200 FROM wide WHERE found <> 200
ORDER BY 1, 2, 3, 4;
