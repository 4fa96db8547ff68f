CREATE TABLE finding(id INTEGER, "object" INTEGER, verdict VARCHAR, reason VARCHAR, compared VARCHAR, disk_signatures VARCHAR[], disk_build_id VARCHAR);;
CREATE TABLE job_event(job VARCHAR, kind VARCHAR, happened TIMESTAMP_NS, received TIMESTAMP_NS);;
CREATE TABLE meta("key" VARCHAR PRIMARY KEY, "value" VARCHAR);;
CREATE TABLE "object"(id INTEGER, path VARCHAR, soname VARCHAR, signatures VARCHAR[], build_id VARCHAR);;
CREATE TABLE object_list(list INTEGER, "position" INTEGER, finding INTEGER);;
CREATE TABLE process(uuid UUID, started TIMESTAMP_NS, received TIMESTAMP_NS, job VARCHAR, user_name VARCHAR, uid UINTEGER, gid UINTEGER, effective_uid UINTEGER, effective_gid UINTEGER, host VARCHAR, pid INTEGER, parent_pid INTEGER, directory VARCHAR, arguments VARCHAR[], command_line VARCHAR, environment INTEGER, modules INTEGER, "program" INTEGER, objects INTEGER, "cluster" VARCHAR, step VARCHAR, array_job VARCHAR, array_task VARCHAR, node VARCHAR, rank VARCHAR, local_rank VARCHAR, container VARCHAR, library_path VARCHAR, preload VARCHAR, omitted_arguments UINTEGER, omitted_environment UINTEGER, omitted_objects UINTEGER, omitted_modules UINTEGER, omitted_signatures UINTEGER);;
CREATE TABLE process_end(uuid UUID, part INTEGER, ended TIMESTAMP_NS, received TIMESTAMP_NS, user_time BIGINT, system_time BIGINT, max_resident BIGINT, minor_faults BIGINT, major_faults BIGINT, blocks_in BIGINT, blocks_out BIGINT, voluntary_switches BIGINT, involuntary_switches BIGINT, children_user_time BIGINT, children_system_time BIGINT, children_max_resident BIGINT, objects INTEGER, unloaded_objects UBIGINT);;
CREATE TABLE process_part(uuid UUID, part INTEGER, objects INTEGER);;
CREATE TABLE text_list(list INTEGER, "position" INTEGER, "value" VARCHAR);;

