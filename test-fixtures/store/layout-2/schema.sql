CREATE TABLE accounting("minute" TIMESTAMP_NS, kind VARCHAR, reason VARCHAR, frames BIGINT);;
CREATE TABLE digested("sequence" BIGINT, compact_rows BIGINT);;
CREATE TABLE finding(id INTEGER, "object" INTEGER, verdict VARCHAR, reason VARCHAR, compared VARCHAR, disk_signatures VARCHAR[], disk_build_id VARCHAR, disk_package VARCHAR, disk_compilers VARCHAR[]);;
CREATE TABLE job_event(job VARCHAR, kind VARCHAR, happened TIMESTAMP_NS, received TIMESTAMP_NS, "sequence" BIGINT);;
CREATE TABLE meta("key" VARCHAR PRIMARY KEY, "value" VARCHAR);;
CREATE TABLE "name"(id INTEGER, "value" VARCHAR);;
CREATE TABLE "object"(id INTEGER, path VARCHAR, soname VARCHAR, signatures VARCHAR[], build_id VARCHAR);;
CREATE TABLE object_list(list INTEGER, "position" INTEGER, finding INTEGER);;
CREATE TABLE process(uuid UUID, started TIMESTAMP_NS, received TIMESTAMP_NS, job VARCHAR, user_name VARCHAR, uid UINTEGER, gid UINTEGER, effective_uid UINTEGER, effective_gid UINTEGER, host VARCHAR, pid INTEGER, parent_pid INTEGER, directory VARCHAR, arguments VARCHAR[], command_line VARCHAR, environment INTEGER, modules INTEGER, "program" INTEGER, objects INTEGER, "cluster" VARCHAR, step VARCHAR, array_job VARCHAR, array_task VARCHAR, node VARCHAR, rank VARCHAR, local_rank VARCHAR, container VARCHAR, library_path VARCHAR, preload VARCHAR, omitted_arguments UINTEGER, omitted_environment UINTEGER, omitted_objects UINTEGER, omitted_modules UINTEGER, omitted_signatures UINTEGER, "sequence" BIGINT);;
CREATE TABLE process_end(uuid UUID, part INTEGER, ended TIMESTAMP_NS, received TIMESTAMP_NS, user_time BIGINT, system_time BIGINT, max_resident BIGINT, minor_faults BIGINT, major_faults BIGINT, blocks_in BIGINT, blocks_out BIGINT, voluntary_switches BIGINT, involuntary_switches BIGINT, children_user_time BIGINT, children_system_time BIGINT, children_max_resident BIGINT, objects INTEGER, unloaded_objects UBIGINT, "sequence" BIGINT);;
CREATE TABLE process_part(uuid UUID, part INTEGER, objects INTEGER, "sequence" BIGINT, received TIMESTAMP_NS);;
CREATE TABLE text_list(list INTEGER, "position" INTEGER, "value" VARCHAR);;
CREATE TABLE usage("day" DATE, "program" INTEGER, objects INTEGER, modules INTEGER, job INTEGER, user_name INTEGER, host INTEGER, library_path INTEGER, preload INTEGER, processes BIGINT, ended BIGINT, cpu DOUBLE, incomplete BIGINT, first_use TIMESTAMP_NS, last_use TIMESTAMP_NS);;

