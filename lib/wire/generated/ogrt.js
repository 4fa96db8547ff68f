// Generated from proto/ogrt.proto by `npm run generate`; do not edit.
/*eslint-disable block-scoped-var, id-length, no-control-regex, no-magic-numbers, no-mixed-operators, no-prototype-builtins, no-redeclare, no-shadow, no-var, sort-vars, default-case, jsdoc/require-param*/
import $protobuf from "protobufjs/minimal.js";

// Common aliases
const $Reader = $protobuf.Reader, $Writer = $protobuf.Writer, $util = $protobuf.util;
const $Object = $util.global.Object, $undefined = $util.global.undefined, $Error = $util.global.Error, $RangeError = $util.global.RangeError;

// Exported root namespace
const $root = $protobuf.roots["default"] || ($protobuf.roots["default"] = {});

export const ogrt = $root.ogrt = (() => {

    /**
     * Namespace ogrt.
     * @exports ogrt
     * @namespace
     */
    const ogrt = {};

    /**
     * MessageType enum.
     * @name ogrt.MessageType
     * @enum {number}
     * @property {number} JOB_START=10 JOB_START value
     * @property {number} JOB_END=11 JOB_END value
     * @property {number} PROCESS_START=12 PROCESS_START value
     * @property {number} PROCESS_END=16 PROCESS_END value
     * @property {number} AGENT_HELLO=20 AGENT_HELLO value
     * @property {number} AGENT_WELCOME=21 AGENT_WELCOME value
     * @property {number} AGENT_OBJECTS=22 AGENT_OBJECTS value
     * @property {number} AGENT_RECORD=23 AGENT_RECORD value
     * @property {number} AGENT_ACKNOWLEDGEMENT=24 AGENT_ACKNOWLEDGEMENT value
     * @property {number} AGENT_HEARTBEAT=25 AGENT_HEARTBEAT value
     */
    ogrt.MessageType = (function() {
        const valuesById = $Object.create(null), values = $Object.create(valuesById);
        values[valuesById[10] = "JOB_START"] = 10;
        values[valuesById[11] = "JOB_END"] = 11;
        values[valuesById[12] = "PROCESS_START"] = 12;
        values[valuesById[16] = "PROCESS_END"] = 16;
        values[valuesById[20] = "AGENT_HELLO"] = 20;
        values[valuesById[21] = "AGENT_WELCOME"] = 21;
        values[valuesById[22] = "AGENT_OBJECTS"] = 22;
        values[valuesById[23] = "AGENT_RECORD"] = 23;
        values[valuesById[24] = "AGENT_ACKNOWLEDGEMENT"] = 24;
        values[valuesById[25] = "AGENT_HEARTBEAT"] = 25;
        return values;
    })();

    ogrt.JobStart = (function() {

        /**
         * Properties of a JobStart.
         * @typedef {Object} ogrt.JobStart.$Properties
         * @property {Uint8Array} job_id JobStart job_id
         * @property {number|Long} start_time JobStart start_time
         * @property {Uint8Array|null} [cluster] JobStart cluster
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a JobStart.
         * @memberof ogrt
         * @interface IJobStart
         * @augments ogrt.JobStart.$Properties
         * @deprecated Use ogrt.JobStart.$Properties instead.
         */

        /**
         * Shape of a JobStart.
         * @typedef {ogrt.JobStart.$Properties} ogrt.JobStart.$Shape
         */

        /**
         * Constructs a new JobStart.
         * @memberof ogrt
         * @classdesc Represents a JobStart.
         * @constructor
         * @param {ogrt.JobStart.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const JobStart = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * JobStart job_id.
         * @member {Uint8Array} job_id
         * @memberof ogrt.JobStart
         * @instance
         */
        JobStart.prototype.job_id = $util.newBuffer([]);

        /**
         * JobStart start_time.
         * @member {number|Long} start_time
         * @memberof ogrt.JobStart
         * @instance
         */
        JobStart.prototype.start_time = $util.Long ? $util.Long.fromBits(0,0,false) : 0;

        /**
         * JobStart cluster.
         * @member {Uint8Array} cluster
         * @memberof ogrt.JobStart
         * @instance
         */
        JobStart.prototype.cluster = $util.newBuffer([]);

        /**
         * Encodes the specified JobStart message. Does not implicitly {@link ogrt.JobStart.verify|verify} messages.
         * @function encode
         * @memberof ogrt.JobStart
         * @static
         * @param {ogrt.JobStart.$Properties} message JobStart message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        JobStart.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            writer.uint32(/* id 100, wireType 2 =*/802).bytes(message.job_id);
            writer.uint32(/* id 101, wireType 0 =*/808).int64(message.start_time);
            if (message.cluster != null && $Object.hasOwnProperty.call(message, "cluster"))
                writer.uint32(/* id 508, wireType 2 =*/4066).bytes(message.cluster);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a JobStart message from the specified reader or buffer.
         * @function decode
         * @memberof ogrt.JobStart
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {ogrt.JobStart & ogrt.JobStart.$Shape} JobStart
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        JobStart.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.ogrt.JobStart();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 100: {
                        if (wireType !== 2)
                            break;
                        message.job_id = reader.bytes();
                        continue;
                    }
                case 101: {
                        if (wireType !== 0)
                            break;
                        message.start_time = reader.int64();
                        continue;
                    }
                case 508: {
                        if (wireType !== 2)
                            break;
                        message.cluster = reader.bytes();
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            if (!$Object.hasOwnProperty.call(message, "job_id"))
                throw $util.ProtocolError("missing required 'job_id'", { instance: message });
            if (!$Object.hasOwnProperty.call(message, "start_time"))
                throw $util.ProtocolError("missing required 'start_time'", { instance: message });
            return message;
        };

        return JobStart;
    })();

    ogrt.JobEnd = (function() {

        /**
         * Properties of a JobEnd.
         * @typedef {Object} ogrt.JobEnd.$Properties
         * @property {Uint8Array} job_id JobEnd job_id
         * @property {number|Long} end_time JobEnd end_time
         * @property {Uint8Array|null} [cluster] JobEnd cluster
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a JobEnd.
         * @memberof ogrt
         * @interface IJobEnd
         * @augments ogrt.JobEnd.$Properties
         * @deprecated Use ogrt.JobEnd.$Properties instead.
         */

        /**
         * Shape of a JobEnd.
         * @typedef {ogrt.JobEnd.$Properties} ogrt.JobEnd.$Shape
         */

        /**
         * Constructs a new JobEnd.
         * @memberof ogrt
         * @classdesc Represents a JobEnd.
         * @constructor
         * @param {ogrt.JobEnd.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const JobEnd = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * JobEnd job_id.
         * @member {Uint8Array} job_id
         * @memberof ogrt.JobEnd
         * @instance
         */
        JobEnd.prototype.job_id = $util.newBuffer([]);

        /**
         * JobEnd end_time.
         * @member {number|Long} end_time
         * @memberof ogrt.JobEnd
         * @instance
         */
        JobEnd.prototype.end_time = $util.Long ? $util.Long.fromBits(0,0,false) : 0;

        /**
         * JobEnd cluster.
         * @member {Uint8Array} cluster
         * @memberof ogrt.JobEnd
         * @instance
         */
        JobEnd.prototype.cluster = $util.newBuffer([]);

        /**
         * Encodes the specified JobEnd message. Does not implicitly {@link ogrt.JobEnd.verify|verify} messages.
         * @function encode
         * @memberof ogrt.JobEnd
         * @static
         * @param {ogrt.JobEnd.$Properties} message JobEnd message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        JobEnd.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            writer.uint32(/* id 200, wireType 2 =*/1602).bytes(message.job_id);
            writer.uint32(/* id 201, wireType 0 =*/1608).int64(message.end_time);
            if (message.cluster != null && $Object.hasOwnProperty.call(message, "cluster"))
                writer.uint32(/* id 508, wireType 2 =*/4066).bytes(message.cluster);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a JobEnd message from the specified reader or buffer.
         * @function decode
         * @memberof ogrt.JobEnd
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {ogrt.JobEnd & ogrt.JobEnd.$Shape} JobEnd
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        JobEnd.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.ogrt.JobEnd();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 200: {
                        if (wireType !== 2)
                            break;
                        message.job_id = reader.bytes();
                        continue;
                    }
                case 201: {
                        if (wireType !== 0)
                            break;
                        message.end_time = reader.int64();
                        continue;
                    }
                case 508: {
                        if (wireType !== 2)
                            break;
                        message.cluster = reader.bytes();
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            if (!$Object.hasOwnProperty.call(message, "job_id"))
                throw $util.ProtocolError("missing required 'job_id'", { instance: message });
            if (!$Object.hasOwnProperty.call(message, "end_time"))
                throw $util.ProtocolError("missing required 'end_time'", { instance: message });
            return message;
        };

        return JobEnd;
    })();

    ogrt.ProcessStart = (function() {

        /**
         * Properties of a ProcessStart.
         * @typedef {Object} ogrt.ProcessStart.$Properties
         * @property {Uint8Array|null} [uuid] ProcessStart uuid
         * @property {Uint8Array} binpath ProcessStart binpath
         * @property {number} pid ProcessStart pid
         * @property {number} parent_pid ProcessStart parent_pid
         * @property {number|Long} time ProcessStart time
         * @property {Uint8Array|null} [signature] ProcessStart signature
         * @property {Uint8Array|null} [job_id] ProcessStart job_id
         * @property {Uint8Array|null} [username] ProcessStart username
         * @property {Uint8Array|null} [hostname] ProcessStart hostname
         * @property {Uint8Array|null} [cmdline] ProcessStart cmdline
         * @property {Array.<Uint8Array>|null} [environment_variables] ProcessStart environment_variables
         * @property {Array.<Uint8Array>|null} ["arguments"] ProcessStart arguments
         * @property {Array.<ogrt.SharedObject.$Properties>|null} [shared_objects] ProcessStart shared_objects
         * @property {Array.<ogrt.Module.$Properties>|null} [loaded_modules] ProcessStart loaded_modules
         * @property {Uint8Array|null} [cwd] ProcessStart cwd
         * @property {number|Long|null} [time_ns] ProcessStart time_ns
         * @property {number|null} [uid] ProcessStart uid
         * @property {number|null} [gid] ProcessStart gid
         * @property {Uint8Array|null} [build_id] ProcessStart build_id
         * @property {Array.<Uint8Array>|null} [signatures] ProcessStart signatures
         * @property {ogrt.Omitted.$Properties|null} [omitted] ProcessStart omitted
         * @property {number|null} [euid] ProcessStart euid
         * @property {number|null} [egid] ProcessStart egid
         * @property {Uint8Array|null} [cluster] ProcessStart cluster
         * @property {Uint8Array|null} [step_id] ProcessStart step_id
         * @property {Uint8Array|null} [array_job_id] ProcessStart array_job_id
         * @property {Uint8Array|null} [array_task_id] ProcessStart array_task_id
         * @property {Uint8Array|null} [node_id] ProcessStart node_id
         * @property {Uint8Array|null} [rank] ProcessStart rank
         * @property {Uint8Array|null} [local_rank] ProcessStart local_rank
         * @property {Uint8Array|null} [container] ProcessStart container
         * @property {Uint8Array|null} [ld_library_path] ProcessStart ld_library_path
         * @property {Uint8Array|null} [ld_preload] ProcessStart ld_preload
         * @property {number|Long|null} [binpath_device] ProcessStart binpath_device
         * @property {number|Long|null} [binpath_inode] ProcessStart binpath_inode
         * @property {number|Long|null} [binpath_size] ProcessStart binpath_size
         * @property {number|null} [part] ProcessStart part
         * @property {number|null} [shared_objects_total] ProcessStart shared_objects_total
         * @property {number|Long|null} [root_device] ProcessStart root_device
         * @property {number|Long|null} [root_inode] ProcessStart root_inode
         * @property {number|Long|null} [root_mount_id] ProcessStart root_mount_id
         * @property {boolean|null} [stamps_unknown] ProcessStart stamps_unknown
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a ProcessStart.
         * @memberof ogrt
         * @interface IProcessStart
         * @augments ogrt.ProcessStart.$Properties
         * @deprecated Use ogrt.ProcessStart.$Properties instead.
         */

        /**
         * Shape of a ProcessStart.
         * @typedef {ogrt.ProcessStart.$Properties} ogrt.ProcessStart.$Shape
         */

        /**
         * Constructs a new ProcessStart.
         * @memberof ogrt
         * @classdesc Represents a ProcessStart.
         * @constructor
         * @param {ogrt.ProcessStart.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const ProcessStart = function (properties) {
            this.environment_variables = [];
            this["arguments"] = [];
            this.shared_objects = [];
            this.loaded_modules = [];
            this.signatures = [];
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * ProcessStart uuid.
         * @member {Uint8Array} uuid
         * @memberof ogrt.ProcessStart
         * @instance
         */
        ProcessStart.prototype.uuid = $util.newBuffer([]);

        /**
         * ProcessStart binpath.
         * @member {Uint8Array} binpath
         * @memberof ogrt.ProcessStart
         * @instance
         */
        ProcessStart.prototype.binpath = $util.newBuffer([]);

        /**
         * ProcessStart pid.
         * @member {number} pid
         * @memberof ogrt.ProcessStart
         * @instance
         */
        ProcessStart.prototype.pid = 0;

        /**
         * ProcessStart parent_pid.
         * @member {number} parent_pid
         * @memberof ogrt.ProcessStart
         * @instance
         */
        ProcessStart.prototype.parent_pid = 0;

        /**
         * ProcessStart time.
         * @member {number|Long} time
         * @memberof ogrt.ProcessStart
         * @instance
         */
        ProcessStart.prototype.time = $util.Long ? $util.Long.fromBits(0,0,false) : 0;

        /**
         * ProcessStart signature.
         * @member {Uint8Array} signature
         * @memberof ogrt.ProcessStart
         * @instance
         */
        ProcessStart.prototype.signature = $util.newBuffer([]);

        /**
         * ProcessStart job_id.
         * @member {Uint8Array} job_id
         * @memberof ogrt.ProcessStart
         * @instance
         */
        ProcessStart.prototype.job_id = $util.newBuffer([]);

        /**
         * ProcessStart username.
         * @member {Uint8Array} username
         * @memberof ogrt.ProcessStart
         * @instance
         */
        ProcessStart.prototype.username = $util.newBuffer([]);

        /**
         * ProcessStart hostname.
         * @member {Uint8Array} hostname
         * @memberof ogrt.ProcessStart
         * @instance
         */
        ProcessStart.prototype.hostname = $util.newBuffer([]);

        /**
         * ProcessStart cmdline.
         * @member {Uint8Array} cmdline
         * @memberof ogrt.ProcessStart
         * @instance
         */
        ProcessStart.prototype.cmdline = $util.newBuffer([]);

        /**
         * ProcessStart environment_variables.
         * @member {Array.<Uint8Array>} environment_variables
         * @memberof ogrt.ProcessStart
         * @instance
         */
        ProcessStart.prototype.environment_variables = $util.emptyArray;

        /**
         * ProcessStart arguments.
         * @member {Array.<Uint8Array>} arguments
         * @memberof ogrt.ProcessStart
         * @instance
         */
        ProcessStart.prototype["arguments"] = $util.emptyArray;

        /**
         * ProcessStart shared_objects.
         * @member {Array.<ogrt.SharedObject.$Properties>} shared_objects
         * @memberof ogrt.ProcessStart
         * @instance
         */
        ProcessStart.prototype.shared_objects = $util.emptyArray;

        /**
         * ProcessStart loaded_modules.
         * @member {Array.<ogrt.Module.$Properties>} loaded_modules
         * @memberof ogrt.ProcessStart
         * @instance
         */
        ProcessStart.prototype.loaded_modules = $util.emptyArray;

        /**
         * ProcessStart cwd.
         * @member {Uint8Array} cwd
         * @memberof ogrt.ProcessStart
         * @instance
         */
        ProcessStart.prototype.cwd = $util.newBuffer([]);

        /**
         * ProcessStart time_ns.
         * @member {number|Long} time_ns
         * @memberof ogrt.ProcessStart
         * @instance
         */
        ProcessStart.prototype.time_ns = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

        /**
         * ProcessStart uid.
         * @member {number} uid
         * @memberof ogrt.ProcessStart
         * @instance
         */
        ProcessStart.prototype.uid = 0;

        /**
         * ProcessStart gid.
         * @member {number} gid
         * @memberof ogrt.ProcessStart
         * @instance
         */
        ProcessStart.prototype.gid = 0;

        /**
         * ProcessStart build_id.
         * @member {Uint8Array} build_id
         * @memberof ogrt.ProcessStart
         * @instance
         */
        ProcessStart.prototype.build_id = $util.newBuffer([]);

        /**
         * ProcessStart signatures.
         * @member {Array.<Uint8Array>} signatures
         * @memberof ogrt.ProcessStart
         * @instance
         */
        ProcessStart.prototype.signatures = $util.emptyArray;

        /**
         * ProcessStart omitted.
         * @member {ogrt.Omitted.$Properties|null|undefined} omitted
         * @memberof ogrt.ProcessStart
         * @instance
         */
        ProcessStart.prototype.omitted = null;

        /**
         * ProcessStart euid.
         * @member {number} euid
         * @memberof ogrt.ProcessStart
         * @instance
         */
        ProcessStart.prototype.euid = 0;

        /**
         * ProcessStart egid.
         * @member {number} egid
         * @memberof ogrt.ProcessStart
         * @instance
         */
        ProcessStart.prototype.egid = 0;

        /**
         * ProcessStart cluster.
         * @member {Uint8Array} cluster
         * @memberof ogrt.ProcessStart
         * @instance
         */
        ProcessStart.prototype.cluster = $util.newBuffer([]);

        /**
         * ProcessStart step_id.
         * @member {Uint8Array} step_id
         * @memberof ogrt.ProcessStart
         * @instance
         */
        ProcessStart.prototype.step_id = $util.newBuffer([]);

        /**
         * ProcessStart array_job_id.
         * @member {Uint8Array} array_job_id
         * @memberof ogrt.ProcessStart
         * @instance
         */
        ProcessStart.prototype.array_job_id = $util.newBuffer([]);

        /**
         * ProcessStart array_task_id.
         * @member {Uint8Array} array_task_id
         * @memberof ogrt.ProcessStart
         * @instance
         */
        ProcessStart.prototype.array_task_id = $util.newBuffer([]);

        /**
         * ProcessStart node_id.
         * @member {Uint8Array} node_id
         * @memberof ogrt.ProcessStart
         * @instance
         */
        ProcessStart.prototype.node_id = $util.newBuffer([]);

        /**
         * ProcessStart rank.
         * @member {Uint8Array} rank
         * @memberof ogrt.ProcessStart
         * @instance
         */
        ProcessStart.prototype.rank = $util.newBuffer([]);

        /**
         * ProcessStart local_rank.
         * @member {Uint8Array} local_rank
         * @memberof ogrt.ProcessStart
         * @instance
         */
        ProcessStart.prototype.local_rank = $util.newBuffer([]);

        /**
         * ProcessStart container.
         * @member {Uint8Array} container
         * @memberof ogrt.ProcessStart
         * @instance
         */
        ProcessStart.prototype.container = $util.newBuffer([]);

        /**
         * ProcessStart ld_library_path.
         * @member {Uint8Array} ld_library_path
         * @memberof ogrt.ProcessStart
         * @instance
         */
        ProcessStart.prototype.ld_library_path = $util.newBuffer([]);

        /**
         * ProcessStart ld_preload.
         * @member {Uint8Array} ld_preload
         * @memberof ogrt.ProcessStart
         * @instance
         */
        ProcessStart.prototype.ld_preload = $util.newBuffer([]);

        /**
         * ProcessStart binpath_device.
         * @member {number|Long} binpath_device
         * @memberof ogrt.ProcessStart
         * @instance
         */
        ProcessStart.prototype.binpath_device = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

        /**
         * ProcessStart binpath_inode.
         * @member {number|Long} binpath_inode
         * @memberof ogrt.ProcessStart
         * @instance
         */
        ProcessStart.prototype.binpath_inode = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

        /**
         * ProcessStart binpath_size.
         * @member {number|Long} binpath_size
         * @memberof ogrt.ProcessStart
         * @instance
         */
        ProcessStart.prototype.binpath_size = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

        /**
         * ProcessStart part.
         * @member {number} part
         * @memberof ogrt.ProcessStart
         * @instance
         */
        ProcessStart.prototype.part = 0;

        /**
         * ProcessStart shared_objects_total.
         * @member {number} shared_objects_total
         * @memberof ogrt.ProcessStart
         * @instance
         */
        ProcessStart.prototype.shared_objects_total = 0;

        /**
         * ProcessStart root_device.
         * @member {number|Long} root_device
         * @memberof ogrt.ProcessStart
         * @instance
         */
        ProcessStart.prototype.root_device = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

        /**
         * ProcessStart root_inode.
         * @member {number|Long} root_inode
         * @memberof ogrt.ProcessStart
         * @instance
         */
        ProcessStart.prototype.root_inode = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

        /**
         * ProcessStart root_mount_id.
         * @member {number|Long} root_mount_id
         * @memberof ogrt.ProcessStart
         * @instance
         */
        ProcessStart.prototype.root_mount_id = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

        /**
         * ProcessStart stamps_unknown.
         * @member {boolean} stamps_unknown
         * @memberof ogrt.ProcessStart
         * @instance
         */
        ProcessStart.prototype.stamps_unknown = false;

        /**
         * Encodes the specified ProcessStart message. Does not implicitly {@link ogrt.ProcessStart.verify|verify} messages.
         * @function encode
         * @memberof ogrt.ProcessStart
         * @static
         * @param {ogrt.ProcessStart.$Properties} message ProcessStart message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        ProcessStart.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.uuid != null && $Object.hasOwnProperty.call(message, "uuid"))
                writer.uint32(/* id 299, wireType 2 =*/2394).bytes(message.uuid);
            writer.uint32(/* id 300, wireType 2 =*/2402).bytes(message.binpath);
            writer.uint32(/* id 301, wireType 0 =*/2408).int32(message.pid);
            writer.uint32(/* id 302, wireType 0 =*/2416).int32(message.parent_pid);
            writer.uint32(/* id 303, wireType 0 =*/2424).int64(message.time);
            if (message.signature != null && $Object.hasOwnProperty.call(message, "signature"))
                writer.uint32(/* id 304, wireType 2 =*/2434).bytes(message.signature);
            if (message.job_id != null && $Object.hasOwnProperty.call(message, "job_id"))
                writer.uint32(/* id 305, wireType 2 =*/2442).bytes(message.job_id);
            if (message.username != null && $Object.hasOwnProperty.call(message, "username"))
                writer.uint32(/* id 306, wireType 2 =*/2450).bytes(message.username);
            if (message.hostname != null && $Object.hasOwnProperty.call(message, "hostname"))
                writer.uint32(/* id 307, wireType 2 =*/2458).bytes(message.hostname);
            if (message.cmdline != null && $Object.hasOwnProperty.call(message, "cmdline"))
                writer.uint32(/* id 308, wireType 2 =*/2466).bytes(message.cmdline);
            if (message.environment_variables != null && message.environment_variables.length)
                for (let i = 0; i < message.environment_variables.length; ++i)
                    writer.uint32(/* id 309, wireType 2 =*/2474).bytes(message.environment_variables[i]);
            if (message["arguments"] != null && message["arguments"].length)
                for (let i = 0; i < message["arguments"].length; ++i)
                    writer.uint32(/* id 310, wireType 2 =*/2482).bytes(message["arguments"][i]);
            if (message.shared_objects != null && message.shared_objects.length)
                for (let i = 0; i < message.shared_objects.length; ++i)
                    $root.ogrt.SharedObject.encode(message.shared_objects[i], writer.uint32(/* id 311, wireType 2 =*/2490).fork(), _depth + 1).ldelim();
            if (message.loaded_modules != null && message.loaded_modules.length)
                for (let i = 0; i < message.loaded_modules.length; ++i)
                    $root.ogrt.Module.encode(message.loaded_modules[i], writer.uint32(/* id 312, wireType 2 =*/2498).fork(), _depth + 1).ldelim();
            if (message.cwd != null && $Object.hasOwnProperty.call(message, "cwd"))
                writer.uint32(/* id 313, wireType 2 =*/2506).bytes(message.cwd);
            if (message.time_ns != null && $Object.hasOwnProperty.call(message, "time_ns"))
                writer.uint32(/* id 500, wireType 0 =*/4000).uint64(message.time_ns);
            if (message.uid != null && $Object.hasOwnProperty.call(message, "uid"))
                writer.uint32(/* id 501, wireType 0 =*/4008).uint32(message.uid);
            if (message.gid != null && $Object.hasOwnProperty.call(message, "gid"))
                writer.uint32(/* id 502, wireType 0 =*/4016).uint32(message.gid);
            if (message.build_id != null && $Object.hasOwnProperty.call(message, "build_id"))
                writer.uint32(/* id 503, wireType 2 =*/4026).bytes(message.build_id);
            if (message.signatures != null && message.signatures.length)
                for (let i = 0; i < message.signatures.length; ++i)
                    writer.uint32(/* id 504, wireType 2 =*/4034).bytes(message.signatures[i]);
            if (message.omitted != null && $Object.hasOwnProperty.call(message, "omitted"))
                $root.ogrt.Omitted.encode(message.omitted, writer.uint32(/* id 505, wireType 2 =*/4042).fork(), _depth + 1).ldelim();
            if (message.euid != null && $Object.hasOwnProperty.call(message, "euid"))
                writer.uint32(/* id 506, wireType 0 =*/4048).uint32(message.euid);
            if (message.egid != null && $Object.hasOwnProperty.call(message, "egid"))
                writer.uint32(/* id 507, wireType 0 =*/4056).uint32(message.egid);
            if (message.cluster != null && $Object.hasOwnProperty.call(message, "cluster"))
                writer.uint32(/* id 508, wireType 2 =*/4066).bytes(message.cluster);
            if (message.step_id != null && $Object.hasOwnProperty.call(message, "step_id"))
                writer.uint32(/* id 509, wireType 2 =*/4074).bytes(message.step_id);
            if (message.array_job_id != null && $Object.hasOwnProperty.call(message, "array_job_id"))
                writer.uint32(/* id 510, wireType 2 =*/4082).bytes(message.array_job_id);
            if (message.array_task_id != null && $Object.hasOwnProperty.call(message, "array_task_id"))
                writer.uint32(/* id 511, wireType 2 =*/4090).bytes(message.array_task_id);
            if (message.node_id != null && $Object.hasOwnProperty.call(message, "node_id"))
                writer.uint32(/* id 512, wireType 2 =*/4098).bytes(message.node_id);
            if (message.rank != null && $Object.hasOwnProperty.call(message, "rank"))
                writer.uint32(/* id 513, wireType 2 =*/4106).bytes(message.rank);
            if (message.local_rank != null && $Object.hasOwnProperty.call(message, "local_rank"))
                writer.uint32(/* id 514, wireType 2 =*/4114).bytes(message.local_rank);
            if (message.container != null && $Object.hasOwnProperty.call(message, "container"))
                writer.uint32(/* id 515, wireType 2 =*/4122).bytes(message.container);
            if (message.ld_library_path != null && $Object.hasOwnProperty.call(message, "ld_library_path"))
                writer.uint32(/* id 516, wireType 2 =*/4130).bytes(message.ld_library_path);
            if (message.ld_preload != null && $Object.hasOwnProperty.call(message, "ld_preload"))
                writer.uint32(/* id 517, wireType 2 =*/4138).bytes(message.ld_preload);
            if (message.binpath_device != null && $Object.hasOwnProperty.call(message, "binpath_device"))
                writer.uint32(/* id 518, wireType 0 =*/4144).uint64(message.binpath_device);
            if (message.binpath_inode != null && $Object.hasOwnProperty.call(message, "binpath_inode"))
                writer.uint32(/* id 519, wireType 0 =*/4152).uint64(message.binpath_inode);
            if (message.binpath_size != null && $Object.hasOwnProperty.call(message, "binpath_size"))
                writer.uint32(/* id 520, wireType 0 =*/4160).uint64(message.binpath_size);
            if (message.part != null && $Object.hasOwnProperty.call(message, "part"))
                writer.uint32(/* id 521, wireType 0 =*/4168).uint32(message.part);
            if (message.shared_objects_total != null && $Object.hasOwnProperty.call(message, "shared_objects_total"))
                writer.uint32(/* id 522, wireType 0 =*/4176).uint32(message.shared_objects_total);
            if (message.root_device != null && $Object.hasOwnProperty.call(message, "root_device"))
                writer.uint32(/* id 523, wireType 0 =*/4184).uint64(message.root_device);
            if (message.root_inode != null && $Object.hasOwnProperty.call(message, "root_inode"))
                writer.uint32(/* id 524, wireType 0 =*/4192).uint64(message.root_inode);
            if (message.root_mount_id != null && $Object.hasOwnProperty.call(message, "root_mount_id"))
                writer.uint32(/* id 525, wireType 0 =*/4200).uint64(message.root_mount_id);
            if (message.stamps_unknown != null && $Object.hasOwnProperty.call(message, "stamps_unknown"))
                writer.uint32(/* id 526, wireType 0 =*/4208).bool(message.stamps_unknown);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a ProcessStart message from the specified reader or buffer.
         * @function decode
         * @memberof ogrt.ProcessStart
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {ogrt.ProcessStart & ogrt.ProcessStart.$Shape} ProcessStart
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        ProcessStart.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.ogrt.ProcessStart();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 299: {
                        if (wireType !== 2)
                            break;
                        message.uuid = reader.bytes();
                        continue;
                    }
                case 300: {
                        if (wireType !== 2)
                            break;
                        message.binpath = reader.bytes();
                        continue;
                    }
                case 301: {
                        if (wireType !== 0)
                            break;
                        message.pid = reader.int32();
                        continue;
                    }
                case 302: {
                        if (wireType !== 0)
                            break;
                        message.parent_pid = reader.int32();
                        continue;
                    }
                case 303: {
                        if (wireType !== 0)
                            break;
                        message.time = reader.int64();
                        continue;
                    }
                case 304: {
                        if (wireType !== 2)
                            break;
                        message.signature = reader.bytes();
                        continue;
                    }
                case 305: {
                        if (wireType !== 2)
                            break;
                        message.job_id = reader.bytes();
                        continue;
                    }
                case 306: {
                        if (wireType !== 2)
                            break;
                        message.username = reader.bytes();
                        continue;
                    }
                case 307: {
                        if (wireType !== 2)
                            break;
                        message.hostname = reader.bytes();
                        continue;
                    }
                case 308: {
                        if (wireType !== 2)
                            break;
                        message.cmdline = reader.bytes();
                        continue;
                    }
                case 309: {
                        if (wireType !== 2)
                            break;
                        if (!(message.environment_variables && message.environment_variables.length))
                            message.environment_variables = [];
                        message.environment_variables.push(reader.bytes());
                        continue;
                    }
                case 310: {
                        if (wireType !== 2)
                            break;
                        if (!(message["arguments"] && message["arguments"].length))
                            message["arguments"] = [];
                        message["arguments"].push(reader.bytes());
                        continue;
                    }
                case 311: {
                        if (wireType !== 2)
                            break;
                        if (!(message.shared_objects && message.shared_objects.length))
                            message.shared_objects = [];
                        message.shared_objects.push($root.ogrt.SharedObject.decode(reader, reader.size(), $undefined, _depth + 1));
                        continue;
                    }
                case 312: {
                        if (wireType !== 2)
                            break;
                        if (!(message.loaded_modules && message.loaded_modules.length))
                            message.loaded_modules = [];
                        message.loaded_modules.push($root.ogrt.Module.decode(reader, reader.size(), $undefined, _depth + 1));
                        continue;
                    }
                case 313: {
                        if (wireType !== 2)
                            break;
                        message.cwd = reader.bytes();
                        continue;
                    }
                case 500: {
                        if (wireType !== 0)
                            break;
                        message.time_ns = reader.uint64();
                        continue;
                    }
                case 501: {
                        if (wireType !== 0)
                            break;
                        message.uid = reader.uint32();
                        continue;
                    }
                case 502: {
                        if (wireType !== 0)
                            break;
                        message.gid = reader.uint32();
                        continue;
                    }
                case 503: {
                        if (wireType !== 2)
                            break;
                        message.build_id = reader.bytes();
                        continue;
                    }
                case 504: {
                        if (wireType !== 2)
                            break;
                        if (!(message.signatures && message.signatures.length))
                            message.signatures = [];
                        message.signatures.push(reader.bytes());
                        continue;
                    }
                case 505: {
                        if (wireType !== 2)
                            break;
                        message.omitted = $root.ogrt.Omitted.decode(reader, reader.size(), $undefined, _depth + 1, message.omitted);
                        continue;
                    }
                case 506: {
                        if (wireType !== 0)
                            break;
                        message.euid = reader.uint32();
                        continue;
                    }
                case 507: {
                        if (wireType !== 0)
                            break;
                        message.egid = reader.uint32();
                        continue;
                    }
                case 508: {
                        if (wireType !== 2)
                            break;
                        message.cluster = reader.bytes();
                        continue;
                    }
                case 509: {
                        if (wireType !== 2)
                            break;
                        message.step_id = reader.bytes();
                        continue;
                    }
                case 510: {
                        if (wireType !== 2)
                            break;
                        message.array_job_id = reader.bytes();
                        continue;
                    }
                case 511: {
                        if (wireType !== 2)
                            break;
                        message.array_task_id = reader.bytes();
                        continue;
                    }
                case 512: {
                        if (wireType !== 2)
                            break;
                        message.node_id = reader.bytes();
                        continue;
                    }
                case 513: {
                        if (wireType !== 2)
                            break;
                        message.rank = reader.bytes();
                        continue;
                    }
                case 514: {
                        if (wireType !== 2)
                            break;
                        message.local_rank = reader.bytes();
                        continue;
                    }
                case 515: {
                        if (wireType !== 2)
                            break;
                        message.container = reader.bytes();
                        continue;
                    }
                case 516: {
                        if (wireType !== 2)
                            break;
                        message.ld_library_path = reader.bytes();
                        continue;
                    }
                case 517: {
                        if (wireType !== 2)
                            break;
                        message.ld_preload = reader.bytes();
                        continue;
                    }
                case 518: {
                        if (wireType !== 0)
                            break;
                        message.binpath_device = reader.uint64();
                        continue;
                    }
                case 519: {
                        if (wireType !== 0)
                            break;
                        message.binpath_inode = reader.uint64();
                        continue;
                    }
                case 520: {
                        if (wireType !== 0)
                            break;
                        message.binpath_size = reader.uint64();
                        continue;
                    }
                case 521: {
                        if (wireType !== 0)
                            break;
                        message.part = reader.uint32();
                        continue;
                    }
                case 522: {
                        if (wireType !== 0)
                            break;
                        message.shared_objects_total = reader.uint32();
                        continue;
                    }
                case 523: {
                        if (wireType !== 0)
                            break;
                        message.root_device = reader.uint64();
                        continue;
                    }
                case 524: {
                        if (wireType !== 0)
                            break;
                        message.root_inode = reader.uint64();
                        continue;
                    }
                case 525: {
                        if (wireType !== 0)
                            break;
                        message.root_mount_id = reader.uint64();
                        continue;
                    }
                case 526: {
                        if (wireType !== 0)
                            break;
                        message.stamps_unknown = reader.bool();
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            if (!$Object.hasOwnProperty.call(message, "binpath"))
                throw $util.ProtocolError("missing required 'binpath'", { instance: message });
            if (!$Object.hasOwnProperty.call(message, "pid"))
                throw $util.ProtocolError("missing required 'pid'", { instance: message });
            if (!$Object.hasOwnProperty.call(message, "parent_pid"))
                throw $util.ProtocolError("missing required 'parent_pid'", { instance: message });
            if (!$Object.hasOwnProperty.call(message, "time"))
                throw $util.ProtocolError("missing required 'time'", { instance: message });
            return message;
        };

        return ProcessStart;
    })();

    ogrt.SharedObject = (function() {

        /**
         * Properties of a SharedObject.
         * @typedef {Object} ogrt.SharedObject.$Properties
         * @property {Uint8Array} path SharedObject path
         * @property {Uint8Array|null} [signature] SharedObject signature
         * @property {Uint8Array|null} [build_id] SharedObject build_id
         * @property {Array.<Uint8Array>|null} [signatures] SharedObject signatures
         * @property {Uint8Array|null} [soname] SharedObject soname
         * @property {boolean|null} [stamps_unknown] SharedObject stamps_unknown
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a SharedObject.
         * @memberof ogrt
         * @interface ISharedObject
         * @augments ogrt.SharedObject.$Properties
         * @deprecated Use ogrt.SharedObject.$Properties instead.
         */

        /**
         * Shape of a SharedObject.
         * @typedef {ogrt.SharedObject.$Properties} ogrt.SharedObject.$Shape
         */

        /**
         * Constructs a new SharedObject.
         * @memberof ogrt
         * @classdesc Represents a SharedObject.
         * @constructor
         * @param {ogrt.SharedObject.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const SharedObject = function (properties) {
            this.signatures = [];
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * SharedObject path.
         * @member {Uint8Array} path
         * @memberof ogrt.SharedObject
         * @instance
         */
        SharedObject.prototype.path = $util.newBuffer([]);

        /**
         * SharedObject signature.
         * @member {Uint8Array} signature
         * @memberof ogrt.SharedObject
         * @instance
         */
        SharedObject.prototype.signature = $util.newBuffer([]);

        /**
         * SharedObject build_id.
         * @member {Uint8Array} build_id
         * @memberof ogrt.SharedObject
         * @instance
         */
        SharedObject.prototype.build_id = $util.newBuffer([]);

        /**
         * SharedObject signatures.
         * @member {Array.<Uint8Array>} signatures
         * @memberof ogrt.SharedObject
         * @instance
         */
        SharedObject.prototype.signatures = $util.emptyArray;

        /**
         * SharedObject soname.
         * @member {Uint8Array} soname
         * @memberof ogrt.SharedObject
         * @instance
         */
        SharedObject.prototype.soname = $util.newBuffer([]);

        /**
         * SharedObject stamps_unknown.
         * @member {boolean} stamps_unknown
         * @memberof ogrt.SharedObject
         * @instance
         */
        SharedObject.prototype.stamps_unknown = false;

        /**
         * Encodes the specified SharedObject message. Does not implicitly {@link ogrt.SharedObject.verify|verify} messages.
         * @function encode
         * @memberof ogrt.SharedObject
         * @static
         * @param {ogrt.SharedObject.$Properties} message SharedObject message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        SharedObject.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            writer.uint32(/* id 400, wireType 2 =*/3202).bytes(message.path);
            if (message.signature != null && $Object.hasOwnProperty.call(message, "signature"))
                writer.uint32(/* id 401, wireType 2 =*/3210).bytes(message.signature);
            if (message.build_id != null && $Object.hasOwnProperty.call(message, "build_id"))
                writer.uint32(/* id 500, wireType 2 =*/4002).bytes(message.build_id);
            if (message.signatures != null && message.signatures.length)
                for (let i = 0; i < message.signatures.length; ++i)
                    writer.uint32(/* id 501, wireType 2 =*/4010).bytes(message.signatures[i]);
            if (message.soname != null && $Object.hasOwnProperty.call(message, "soname"))
                writer.uint32(/* id 502, wireType 2 =*/4018).bytes(message.soname);
            if (message.stamps_unknown != null && $Object.hasOwnProperty.call(message, "stamps_unknown"))
                writer.uint32(/* id 503, wireType 0 =*/4024).bool(message.stamps_unknown);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a SharedObject message from the specified reader or buffer.
         * @function decode
         * @memberof ogrt.SharedObject
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {ogrt.SharedObject & ogrt.SharedObject.$Shape} SharedObject
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        SharedObject.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.ogrt.SharedObject();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 400: {
                        if (wireType !== 2)
                            break;
                        message.path = reader.bytes();
                        continue;
                    }
                case 401: {
                        if (wireType !== 2)
                            break;
                        message.signature = reader.bytes();
                        continue;
                    }
                case 500: {
                        if (wireType !== 2)
                            break;
                        message.build_id = reader.bytes();
                        continue;
                    }
                case 501: {
                        if (wireType !== 2)
                            break;
                        if (!(message.signatures && message.signatures.length))
                            message.signatures = [];
                        message.signatures.push(reader.bytes());
                        continue;
                    }
                case 502: {
                        if (wireType !== 2)
                            break;
                        message.soname = reader.bytes();
                        continue;
                    }
                case 503: {
                        if (wireType !== 0)
                            break;
                        message.stamps_unknown = reader.bool();
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            if (!$Object.hasOwnProperty.call(message, "path"))
                throw $util.ProtocolError("missing required 'path'", { instance: message });
            return message;
        };

        return SharedObject;
    })();

    ogrt.Module = (function() {

        /**
         * Properties of a Module.
         * @typedef {Object} ogrt.Module.$Properties
         * @property {Uint8Array} name Module name
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a Module.
         * @memberof ogrt
         * @interface IModule
         * @augments ogrt.Module.$Properties
         * @deprecated Use ogrt.Module.$Properties instead.
         */

        /**
         * Shape of a Module.
         * @typedef {ogrt.Module.$Properties} ogrt.Module.$Shape
         */

        /**
         * Constructs a new Module.
         * @memberof ogrt
         * @classdesc Represents a Module.
         * @constructor
         * @param {ogrt.Module.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Module = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Module name.
         * @member {Uint8Array} name
         * @memberof ogrt.Module
         * @instance
         */
        Module.prototype.name = $util.newBuffer([]);

        /**
         * Encodes the specified Module message. Does not implicitly {@link ogrt.Module.verify|verify} messages.
         * @function encode
         * @memberof ogrt.Module
         * @static
         * @param {ogrt.Module.$Properties} message Module message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Module.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            writer.uint32(/* id 700, wireType 2 =*/5602).bytes(message.name);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a Module message from the specified reader or buffer.
         * @function decode
         * @memberof ogrt.Module
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {ogrt.Module & ogrt.Module.$Shape} Module
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Module.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.ogrt.Module();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 700: {
                        if (wireType !== 2)
                            break;
                        message.name = reader.bytes();
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            if (!$Object.hasOwnProperty.call(message, "name"))
                throw $util.ProtocolError("missing required 'name'", { instance: message });
            return message;
        };

        return Module;
    })();

    ogrt.Omitted = (function() {

        /**
         * Properties of an Omitted.
         * @typedef {Object} ogrt.Omitted.$Properties
         * @property {number|null} ["arguments"] Omitted arguments
         * @property {number|null} [environment_variables] Omitted environment_variables
         * @property {number|null} [shared_objects] Omitted shared_objects
         * @property {number|null} [loaded_modules] Omitted loaded_modules
         * @property {number|null} [signatures] Omitted signatures
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of an Omitted.
         * @memberof ogrt
         * @interface IOmitted
         * @augments ogrt.Omitted.$Properties
         * @deprecated Use ogrt.Omitted.$Properties instead.
         */

        /**
         * Shape of an Omitted.
         * @typedef {ogrt.Omitted.$Properties} ogrt.Omitted.$Shape
         */

        /**
         * Constructs a new Omitted.
         * @memberof ogrt
         * @classdesc Represents an Omitted.
         * @constructor
         * @param {ogrt.Omitted.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Omitted = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Omitted arguments.
         * @member {number} arguments
         * @memberof ogrt.Omitted
         * @instance
         */
        Omitted.prototype["arguments"] = 0;

        /**
         * Omitted environment_variables.
         * @member {number} environment_variables
         * @memberof ogrt.Omitted
         * @instance
         */
        Omitted.prototype.environment_variables = 0;

        /**
         * Omitted shared_objects.
         * @member {number} shared_objects
         * @memberof ogrt.Omitted
         * @instance
         */
        Omitted.prototype.shared_objects = 0;

        /**
         * Omitted loaded_modules.
         * @member {number} loaded_modules
         * @memberof ogrt.Omitted
         * @instance
         */
        Omitted.prototype.loaded_modules = 0;

        /**
         * Omitted signatures.
         * @member {number} signatures
         * @memberof ogrt.Omitted
         * @instance
         */
        Omitted.prototype.signatures = 0;

        /**
         * Encodes the specified Omitted message. Does not implicitly {@link ogrt.Omitted.verify|verify} messages.
         * @function encode
         * @memberof ogrt.Omitted
         * @static
         * @param {ogrt.Omitted.$Properties} message Omitted message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Omitted.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message["arguments"] != null && $Object.hasOwnProperty.call(message, "arguments"))
                writer.uint32(/* id 500, wireType 0 =*/4000).uint32(message["arguments"]);
            if (message.environment_variables != null && $Object.hasOwnProperty.call(message, "environment_variables"))
                writer.uint32(/* id 501, wireType 0 =*/4008).uint32(message.environment_variables);
            if (message.shared_objects != null && $Object.hasOwnProperty.call(message, "shared_objects"))
                writer.uint32(/* id 502, wireType 0 =*/4016).uint32(message.shared_objects);
            if (message.loaded_modules != null && $Object.hasOwnProperty.call(message, "loaded_modules"))
                writer.uint32(/* id 503, wireType 0 =*/4024).uint32(message.loaded_modules);
            if (message.signatures != null && $Object.hasOwnProperty.call(message, "signatures"))
                writer.uint32(/* id 504, wireType 0 =*/4032).uint32(message.signatures);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes an Omitted message from the specified reader or buffer.
         * @function decode
         * @memberof ogrt.Omitted
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {ogrt.Omitted & ogrt.Omitted.$Shape} Omitted
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Omitted.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.ogrt.Omitted();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 500: {
                        if (wireType !== 0)
                            break;
                        message["arguments"] = reader.uint32();
                        continue;
                    }
                case 501: {
                        if (wireType !== 0)
                            break;
                        message.environment_variables = reader.uint32();
                        continue;
                    }
                case 502: {
                        if (wireType !== 0)
                            break;
                        message.shared_objects = reader.uint32();
                        continue;
                    }
                case 503: {
                        if (wireType !== 0)
                            break;
                        message.loaded_modules = reader.uint32();
                        continue;
                    }
                case 504: {
                        if (wireType !== 0)
                            break;
                        message.signatures = reader.uint32();
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return Omitted;
    })();

    ogrt.ProcessEnd = (function() {

        /**
         * Properties of a ProcessEnd.
         * @typedef {Object} ogrt.ProcessEnd.$Properties
         * @property {Uint8Array} uuid ProcessEnd uuid
         * @property {number|Long|null} [time] ProcessEnd time
         * @property {number|Long|null} [ru_utime] ProcessEnd ru_utime
         * @property {number|Long|null} [ru_stime] ProcessEnd ru_stime
         * @property {number|Long|null} [ru_maxrss] ProcessEnd ru_maxrss
         * @property {number|Long|null} [ru_minflt] ProcessEnd ru_minflt
         * @property {number|Long|null} [ru_majflt] ProcessEnd ru_majflt
         * @property {number|Long|null} [ru_inblock] ProcessEnd ru_inblock
         * @property {number|Long|null} [ru_oublock] ProcessEnd ru_oublock
         * @property {number|Long|null} [ru_nvcsw] ProcessEnd ru_nvcsw
         * @property {number|Long|null} [ru_nivcsw] ProcessEnd ru_nivcsw
         * @property {number|Long|null} [start_time] ProcessEnd start_time
         * @property {number|Long|null} [time_ns] ProcessEnd time_ns
         * @property {number|Long|null} [start_time_ns] ProcessEnd start_time_ns
         * @property {number|null} [pid] ProcessEnd pid
         * @property {number|Long|null} [children_utime] ProcessEnd children_utime
         * @property {number|Long|null} [children_stime] ProcessEnd children_stime
         * @property {number|Long|null} [children_maxrss] ProcessEnd children_maxrss
         * @property {Array.<ogrt.SharedObject.$Properties>|null} [loaded_objects] ProcessEnd loaded_objects
         * @property {number|Long|null} [unloaded_objects] ProcessEnd unloaded_objects
         * @property {ogrt.Omitted.$Properties|null} [omitted] ProcessEnd omitted
         * @property {number|null} [part] ProcessEnd part
         * @property {number|null} [loaded_objects_total] ProcessEnd loaded_objects_total
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a ProcessEnd.
         * @memberof ogrt
         * @interface IProcessEnd
         * @augments ogrt.ProcessEnd.$Properties
         * @deprecated Use ogrt.ProcessEnd.$Properties instead.
         */

        /**
         * Shape of a ProcessEnd.
         * @typedef {ogrt.ProcessEnd.$Properties} ogrt.ProcessEnd.$Shape
         */

        /**
         * Constructs a new ProcessEnd.
         * @memberof ogrt
         * @classdesc Represents a ProcessEnd.
         * @constructor
         * @param {ogrt.ProcessEnd.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const ProcessEnd = function (properties) {
            this.loaded_objects = [];
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * ProcessEnd uuid.
         * @member {Uint8Array} uuid
         * @memberof ogrt.ProcessEnd
         * @instance
         */
        ProcessEnd.prototype.uuid = $util.newBuffer([]);

        /**
         * ProcessEnd time.
         * @member {number|Long} time
         * @memberof ogrt.ProcessEnd
         * @instance
         */
        ProcessEnd.prototype.time = $util.Long ? $util.Long.fromBits(0,0,false) : 0;

        /**
         * ProcessEnd ru_utime.
         * @member {number|Long} ru_utime
         * @memberof ogrt.ProcessEnd
         * @instance
         */
        ProcessEnd.prototype.ru_utime = $util.Long ? $util.Long.fromBits(0,0,false) : 0;

        /**
         * ProcessEnd ru_stime.
         * @member {number|Long} ru_stime
         * @memberof ogrt.ProcessEnd
         * @instance
         */
        ProcessEnd.prototype.ru_stime = $util.Long ? $util.Long.fromBits(0,0,false) : 0;

        /**
         * ProcessEnd ru_maxrss.
         * @member {number|Long} ru_maxrss
         * @memberof ogrt.ProcessEnd
         * @instance
         */
        ProcessEnd.prototype.ru_maxrss = $util.Long ? $util.Long.fromBits(0,0,false) : 0;

        /**
         * ProcessEnd ru_minflt.
         * @member {number|Long} ru_minflt
         * @memberof ogrt.ProcessEnd
         * @instance
         */
        ProcessEnd.prototype.ru_minflt = $util.Long ? $util.Long.fromBits(0,0,false) : 0;

        /**
         * ProcessEnd ru_majflt.
         * @member {number|Long} ru_majflt
         * @memberof ogrt.ProcessEnd
         * @instance
         */
        ProcessEnd.prototype.ru_majflt = $util.Long ? $util.Long.fromBits(0,0,false) : 0;

        /**
         * ProcessEnd ru_inblock.
         * @member {number|Long} ru_inblock
         * @memberof ogrt.ProcessEnd
         * @instance
         */
        ProcessEnd.prototype.ru_inblock = $util.Long ? $util.Long.fromBits(0,0,false) : 0;

        /**
         * ProcessEnd ru_oublock.
         * @member {number|Long} ru_oublock
         * @memberof ogrt.ProcessEnd
         * @instance
         */
        ProcessEnd.prototype.ru_oublock = $util.Long ? $util.Long.fromBits(0,0,false) : 0;

        /**
         * ProcessEnd ru_nvcsw.
         * @member {number|Long} ru_nvcsw
         * @memberof ogrt.ProcessEnd
         * @instance
         */
        ProcessEnd.prototype.ru_nvcsw = $util.Long ? $util.Long.fromBits(0,0,false) : 0;

        /**
         * ProcessEnd ru_nivcsw.
         * @member {number|Long} ru_nivcsw
         * @memberof ogrt.ProcessEnd
         * @instance
         */
        ProcessEnd.prototype.ru_nivcsw = $util.Long ? $util.Long.fromBits(0,0,false) : 0;

        /**
         * ProcessEnd start_time.
         * @member {number|Long} start_time
         * @memberof ogrt.ProcessEnd
         * @instance
         */
        ProcessEnd.prototype.start_time = $util.Long ? $util.Long.fromBits(0,0,false) : 0;

        /**
         * ProcessEnd time_ns.
         * @member {number|Long} time_ns
         * @memberof ogrt.ProcessEnd
         * @instance
         */
        ProcessEnd.prototype.time_ns = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

        /**
         * ProcessEnd start_time_ns.
         * @member {number|Long} start_time_ns
         * @memberof ogrt.ProcessEnd
         * @instance
         */
        ProcessEnd.prototype.start_time_ns = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

        /**
         * ProcessEnd pid.
         * @member {number} pid
         * @memberof ogrt.ProcessEnd
         * @instance
         */
        ProcessEnd.prototype.pid = 0;

        /**
         * ProcessEnd children_utime.
         * @member {number|Long} children_utime
         * @memberof ogrt.ProcessEnd
         * @instance
         */
        ProcessEnd.prototype.children_utime = $util.Long ? $util.Long.fromBits(0,0,false) : 0;

        /**
         * ProcessEnd children_stime.
         * @member {number|Long} children_stime
         * @memberof ogrt.ProcessEnd
         * @instance
         */
        ProcessEnd.prototype.children_stime = $util.Long ? $util.Long.fromBits(0,0,false) : 0;

        /**
         * ProcessEnd children_maxrss.
         * @member {number|Long} children_maxrss
         * @memberof ogrt.ProcessEnd
         * @instance
         */
        ProcessEnd.prototype.children_maxrss = $util.Long ? $util.Long.fromBits(0,0,false) : 0;

        /**
         * ProcessEnd loaded_objects.
         * @member {Array.<ogrt.SharedObject.$Properties>} loaded_objects
         * @memberof ogrt.ProcessEnd
         * @instance
         */
        ProcessEnd.prototype.loaded_objects = $util.emptyArray;

        /**
         * ProcessEnd unloaded_objects.
         * @member {number|Long} unloaded_objects
         * @memberof ogrt.ProcessEnd
         * @instance
         */
        ProcessEnd.prototype.unloaded_objects = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

        /**
         * ProcessEnd omitted.
         * @member {ogrt.Omitted.$Properties|null|undefined} omitted
         * @memberof ogrt.ProcessEnd
         * @instance
         */
        ProcessEnd.prototype.omitted = null;

        /**
         * ProcessEnd part.
         * @member {number} part
         * @memberof ogrt.ProcessEnd
         * @instance
         */
        ProcessEnd.prototype.part = 0;

        /**
         * ProcessEnd loaded_objects_total.
         * @member {number} loaded_objects_total
         * @memberof ogrt.ProcessEnd
         * @instance
         */
        ProcessEnd.prototype.loaded_objects_total = 0;

        /**
         * Encodes the specified ProcessEnd message. Does not implicitly {@link ogrt.ProcessEnd.verify|verify} messages.
         * @function encode
         * @memberof ogrt.ProcessEnd
         * @static
         * @param {ogrt.ProcessEnd.$Properties} message ProcessEnd message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        ProcessEnd.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            writer.uint32(/* id 99, wireType 2 =*/794).bytes(message.uuid);
            if (message.time != null && $Object.hasOwnProperty.call(message, "time"))
                writer.uint32(/* id 104, wireType 0 =*/832).int64(message.time);
            if (message.ru_utime != null && $Object.hasOwnProperty.call(message, "ru_utime"))
                writer.uint32(/* id 105, wireType 0 =*/840).int64(message.ru_utime);
            if (message.ru_stime != null && $Object.hasOwnProperty.call(message, "ru_stime"))
                writer.uint32(/* id 106, wireType 0 =*/848).int64(message.ru_stime);
            if (message.ru_maxrss != null && $Object.hasOwnProperty.call(message, "ru_maxrss"))
                writer.uint32(/* id 107, wireType 0 =*/856).int64(message.ru_maxrss);
            if (message.ru_minflt != null && $Object.hasOwnProperty.call(message, "ru_minflt"))
                writer.uint32(/* id 108, wireType 0 =*/864).int64(message.ru_minflt);
            if (message.ru_majflt != null && $Object.hasOwnProperty.call(message, "ru_majflt"))
                writer.uint32(/* id 109, wireType 0 =*/872).int64(message.ru_majflt);
            if (message.ru_inblock != null && $Object.hasOwnProperty.call(message, "ru_inblock"))
                writer.uint32(/* id 110, wireType 0 =*/880).int64(message.ru_inblock);
            if (message.ru_oublock != null && $Object.hasOwnProperty.call(message, "ru_oublock"))
                writer.uint32(/* id 111, wireType 0 =*/888).int64(message.ru_oublock);
            if (message.ru_nvcsw != null && $Object.hasOwnProperty.call(message, "ru_nvcsw"))
                writer.uint32(/* id 112, wireType 0 =*/896).int64(message.ru_nvcsw);
            if (message.ru_nivcsw != null && $Object.hasOwnProperty.call(message, "ru_nivcsw"))
                writer.uint32(/* id 113, wireType 0 =*/904).int64(message.ru_nivcsw);
            if (message.start_time != null && $Object.hasOwnProperty.call(message, "start_time"))
                writer.uint32(/* id 114, wireType 0 =*/912).int64(message.start_time);
            if (message.time_ns != null && $Object.hasOwnProperty.call(message, "time_ns"))
                writer.uint32(/* id 500, wireType 0 =*/4000).uint64(message.time_ns);
            if (message.start_time_ns != null && $Object.hasOwnProperty.call(message, "start_time_ns"))
                writer.uint32(/* id 501, wireType 0 =*/4008).uint64(message.start_time_ns);
            if (message.pid != null && $Object.hasOwnProperty.call(message, "pid"))
                writer.uint32(/* id 502, wireType 0 =*/4016).int32(message.pid);
            if (message.children_utime != null && $Object.hasOwnProperty.call(message, "children_utime"))
                writer.uint32(/* id 503, wireType 0 =*/4024).int64(message.children_utime);
            if (message.children_stime != null && $Object.hasOwnProperty.call(message, "children_stime"))
                writer.uint32(/* id 504, wireType 0 =*/4032).int64(message.children_stime);
            if (message.children_maxrss != null && $Object.hasOwnProperty.call(message, "children_maxrss"))
                writer.uint32(/* id 505, wireType 0 =*/4040).int64(message.children_maxrss);
            if (message.loaded_objects != null && message.loaded_objects.length)
                for (let i = 0; i < message.loaded_objects.length; ++i)
                    $root.ogrt.SharedObject.encode(message.loaded_objects[i], writer.uint32(/* id 506, wireType 2 =*/4050).fork(), _depth + 1).ldelim();
            if (message.unloaded_objects != null && $Object.hasOwnProperty.call(message, "unloaded_objects"))
                writer.uint32(/* id 507, wireType 0 =*/4056).uint64(message.unloaded_objects);
            if (message.omitted != null && $Object.hasOwnProperty.call(message, "omitted"))
                $root.ogrt.Omitted.encode(message.omitted, writer.uint32(/* id 508, wireType 2 =*/4066).fork(), _depth + 1).ldelim();
            if (message.part != null && $Object.hasOwnProperty.call(message, "part"))
                writer.uint32(/* id 509, wireType 0 =*/4072).uint32(message.part);
            if (message.loaded_objects_total != null && $Object.hasOwnProperty.call(message, "loaded_objects_total"))
                writer.uint32(/* id 510, wireType 0 =*/4080).uint32(message.loaded_objects_total);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a ProcessEnd message from the specified reader or buffer.
         * @function decode
         * @memberof ogrt.ProcessEnd
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {ogrt.ProcessEnd & ogrt.ProcessEnd.$Shape} ProcessEnd
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        ProcessEnd.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.ogrt.ProcessEnd();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 99: {
                        if (wireType !== 2)
                            break;
                        message.uuid = reader.bytes();
                        continue;
                    }
                case 104: {
                        if (wireType !== 0)
                            break;
                        message.time = reader.int64();
                        continue;
                    }
                case 105: {
                        if (wireType !== 0)
                            break;
                        message.ru_utime = reader.int64();
                        continue;
                    }
                case 106: {
                        if (wireType !== 0)
                            break;
                        message.ru_stime = reader.int64();
                        continue;
                    }
                case 107: {
                        if (wireType !== 0)
                            break;
                        message.ru_maxrss = reader.int64();
                        continue;
                    }
                case 108: {
                        if (wireType !== 0)
                            break;
                        message.ru_minflt = reader.int64();
                        continue;
                    }
                case 109: {
                        if (wireType !== 0)
                            break;
                        message.ru_majflt = reader.int64();
                        continue;
                    }
                case 110: {
                        if (wireType !== 0)
                            break;
                        message.ru_inblock = reader.int64();
                        continue;
                    }
                case 111: {
                        if (wireType !== 0)
                            break;
                        message.ru_oublock = reader.int64();
                        continue;
                    }
                case 112: {
                        if (wireType !== 0)
                            break;
                        message.ru_nvcsw = reader.int64();
                        continue;
                    }
                case 113: {
                        if (wireType !== 0)
                            break;
                        message.ru_nivcsw = reader.int64();
                        continue;
                    }
                case 114: {
                        if (wireType !== 0)
                            break;
                        message.start_time = reader.int64();
                        continue;
                    }
                case 500: {
                        if (wireType !== 0)
                            break;
                        message.time_ns = reader.uint64();
                        continue;
                    }
                case 501: {
                        if (wireType !== 0)
                            break;
                        message.start_time_ns = reader.uint64();
                        continue;
                    }
                case 502: {
                        if (wireType !== 0)
                            break;
                        message.pid = reader.int32();
                        continue;
                    }
                case 503: {
                        if (wireType !== 0)
                            break;
                        message.children_utime = reader.int64();
                        continue;
                    }
                case 504: {
                        if (wireType !== 0)
                            break;
                        message.children_stime = reader.int64();
                        continue;
                    }
                case 505: {
                        if (wireType !== 0)
                            break;
                        message.children_maxrss = reader.int64();
                        continue;
                    }
                case 506: {
                        if (wireType !== 2)
                            break;
                        if (!(message.loaded_objects && message.loaded_objects.length))
                            message.loaded_objects = [];
                        message.loaded_objects.push($root.ogrt.SharedObject.decode(reader, reader.size(), $undefined, _depth + 1));
                        continue;
                    }
                case 507: {
                        if (wireType !== 0)
                            break;
                        message.unloaded_objects = reader.uint64();
                        continue;
                    }
                case 508: {
                        if (wireType !== 2)
                            break;
                        message.omitted = $root.ogrt.Omitted.decode(reader, reader.size(), $undefined, _depth + 1, message.omitted);
                        continue;
                    }
                case 509: {
                        if (wireType !== 0)
                            break;
                        message.part = reader.uint32();
                        continue;
                    }
                case 510: {
                        if (wireType !== 0)
                            break;
                        message.loaded_objects_total = reader.uint32();
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            if (!$Object.hasOwnProperty.call(message, "uuid"))
                throw $util.ProtocolError("missing required 'uuid'", { instance: message });
            return message;
        };

        return ProcessEnd;
    })();

    ogrt.StreamMessage = (function() {

        /**
         * Properties of a StreamMessage.
         * @typedef {Object} ogrt.StreamMessage.$Properties
         * @property {ogrt.VerifiedProcess.$Properties|null} [process] StreamMessage process
         * @property {number|Long|null} [lost] StreamMessage lost
         * @property {ogrt.Amendment.$Properties|null} [amendment] StreamMessage amendment
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a StreamMessage.
         * @memberof ogrt
         * @interface IStreamMessage
         * @augments ogrt.StreamMessage.$Properties
         * @deprecated Use ogrt.StreamMessage.$Properties instead.
         */

        /**
         * Shape of a StreamMessage.
         * @typedef {ogrt.StreamMessage.$Properties} ogrt.StreamMessage.$Shape
         */

        /**
         * Constructs a new StreamMessage.
         * @memberof ogrt
         * @classdesc Represents a StreamMessage.
         * @constructor
         * @param {ogrt.StreamMessage.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const StreamMessage = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * StreamMessage process.
         * @member {ogrt.VerifiedProcess.$Properties|null|undefined} process
         * @memberof ogrt.StreamMessage
         * @instance
         */
        StreamMessage.prototype.process = null;

        /**
         * StreamMessage lost.
         * @member {number|Long} lost
         * @memberof ogrt.StreamMessage
         * @instance
         */
        StreamMessage.prototype.lost = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

        /**
         * StreamMessage amendment.
         * @member {ogrt.Amendment.$Properties|null|undefined} amendment
         * @memberof ogrt.StreamMessage
         * @instance
         */
        StreamMessage.prototype.amendment = null;

        /**
         * Encodes the specified StreamMessage message. Does not implicitly {@link ogrt.StreamMessage.verify|verify} messages.
         * @function encode
         * @memberof ogrt.StreamMessage
         * @static
         * @param {ogrt.StreamMessage.$Properties} message StreamMessage message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        StreamMessage.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.process != null && $Object.hasOwnProperty.call(message, "process"))
                $root.ogrt.VerifiedProcess.encode(message.process, writer.uint32(/* id 500, wireType 2 =*/4002).fork(), _depth + 1).ldelim();
            if (message.lost != null && $Object.hasOwnProperty.call(message, "lost"))
                writer.uint32(/* id 501, wireType 0 =*/4008).uint64(message.lost);
            if (message.amendment != null && $Object.hasOwnProperty.call(message, "amendment"))
                $root.ogrt.Amendment.encode(message.amendment, writer.uint32(/* id 502, wireType 2 =*/4018).fork(), _depth + 1).ldelim();
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a StreamMessage message from the specified reader or buffer.
         * @function decode
         * @memberof ogrt.StreamMessage
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {ogrt.StreamMessage & ogrt.StreamMessage.$Shape} StreamMessage
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        StreamMessage.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.ogrt.StreamMessage();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 500: {
                        if (wireType !== 2)
                            break;
                        message.process = $root.ogrt.VerifiedProcess.decode(reader, reader.size(), $undefined, _depth + 1, message.process);
                        continue;
                    }
                case 501: {
                        if (wireType !== 0)
                            break;
                        message.lost = reader.uint64();
                        continue;
                    }
                case 502: {
                        if (wireType !== 2)
                            break;
                        message.amendment = $root.ogrt.Amendment.decode(reader, reader.size(), $undefined, _depth + 1, message.amendment);
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return StreamMessage;
    })();

    ogrt.VerifiedProcess = (function() {

        /**
         * Properties of a VerifiedProcess.
         * @typedef {Object} ogrt.VerifiedProcess.$Properties
         * @property {ogrt.ProcessStart.$Properties} start VerifiedProcess start
         * @property {number|Long} received_ns VerifiedProcess received_ns
         * @property {ogrt.Finding.$Properties} program VerifiedProcess program
         * @property {Array.<ogrt.Finding.$Properties>|null} [objects] VerifiedProcess objects
         * @property {Array.<ogrt.Conflict.$Properties>|null} [conflicts] VerifiedProcess conflicts
         * @property {Uint8Array|null} [agent] VerifiedProcess agent
         * @property {ogrt.ObservedBy|null} [observed_by] VerifiedProcess observed_by
         * @property {ogrt.Attested.$Properties|null} [attested] VerifiedProcess attested
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a VerifiedProcess.
         * @memberof ogrt
         * @interface IVerifiedProcess
         * @augments ogrt.VerifiedProcess.$Properties
         * @deprecated Use ogrt.VerifiedProcess.$Properties instead.
         */

        /**
         * Shape of a VerifiedProcess.
         * @typedef {ogrt.VerifiedProcess.$Properties} ogrt.VerifiedProcess.$Shape
         */

        /**
         * Constructs a new VerifiedProcess.
         * @memberof ogrt
         * @classdesc Represents a VerifiedProcess.
         * @constructor
         * @param {ogrt.VerifiedProcess.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const VerifiedProcess = function (properties) {
            this.objects = [];
            this.conflicts = [];
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * VerifiedProcess start.
         * @member {ogrt.ProcessStart.$Properties} start
         * @memberof ogrt.VerifiedProcess
         * @instance
         */
        VerifiedProcess.prototype.start = null;

        /**
         * VerifiedProcess received_ns.
         * @member {number|Long} received_ns
         * @memberof ogrt.VerifiedProcess
         * @instance
         */
        VerifiedProcess.prototype.received_ns = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

        /**
         * VerifiedProcess program.
         * @member {ogrt.Finding.$Properties} program
         * @memberof ogrt.VerifiedProcess
         * @instance
         */
        VerifiedProcess.prototype.program = null;

        /**
         * VerifiedProcess objects.
         * @member {Array.<ogrt.Finding.$Properties>} objects
         * @memberof ogrt.VerifiedProcess
         * @instance
         */
        VerifiedProcess.prototype.objects = $util.emptyArray;

        /**
         * VerifiedProcess conflicts.
         * @member {Array.<ogrt.Conflict.$Properties>} conflicts
         * @memberof ogrt.VerifiedProcess
         * @instance
         */
        VerifiedProcess.prototype.conflicts = $util.emptyArray;

        /**
         * VerifiedProcess agent.
         * @member {Uint8Array} agent
         * @memberof ogrt.VerifiedProcess
         * @instance
         */
        VerifiedProcess.prototype.agent = $util.newBuffer([]);

        /**
         * VerifiedProcess observed_by.
         * @member {ogrt.ObservedBy} observed_by
         * @memberof ogrt.VerifiedProcess
         * @instance
         */
        VerifiedProcess.prototype.observed_by = 1;

        /**
         * VerifiedProcess attested.
         * @member {ogrt.Attested.$Properties|null|undefined} attested
         * @memberof ogrt.VerifiedProcess
         * @instance
         */
        VerifiedProcess.prototype.attested = null;

        /**
         * Encodes the specified VerifiedProcess message. Does not implicitly {@link ogrt.VerifiedProcess.verify|verify} messages.
         * @function encode
         * @memberof ogrt.VerifiedProcess
         * @static
         * @param {ogrt.VerifiedProcess.$Properties} message VerifiedProcess message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        VerifiedProcess.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            $root.ogrt.ProcessStart.encode(message.start, writer.uint32(/* id 500, wireType 2 =*/4002).fork(), _depth + 1).ldelim();
            writer.uint32(/* id 501, wireType 0 =*/4008).uint64(message.received_ns);
            $root.ogrt.Finding.encode(message.program, writer.uint32(/* id 502, wireType 2 =*/4018).fork(), _depth + 1).ldelim();
            if (message.objects != null && message.objects.length)
                for (let i = 0; i < message.objects.length; ++i)
                    $root.ogrt.Finding.encode(message.objects[i], writer.uint32(/* id 503, wireType 2 =*/4026).fork(), _depth + 1).ldelim();
            if (message.conflicts != null && message.conflicts.length)
                for (let i = 0; i < message.conflicts.length; ++i)
                    $root.ogrt.Conflict.encode(message.conflicts[i], writer.uint32(/* id 504, wireType 2 =*/4034).fork(), _depth + 1).ldelim();
            if (message.agent != null && $Object.hasOwnProperty.call(message, "agent"))
                writer.uint32(/* id 505, wireType 2 =*/4042).bytes(message.agent);
            if (message.observed_by != null && $Object.hasOwnProperty.call(message, "observed_by"))
                writer.uint32(/* id 506, wireType 0 =*/4048).int32(message.observed_by);
            if (message.attested != null && $Object.hasOwnProperty.call(message, "attested"))
                $root.ogrt.Attested.encode(message.attested, writer.uint32(/* id 507, wireType 2 =*/4058).fork(), _depth + 1).ldelim();
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a VerifiedProcess message from the specified reader or buffer.
         * @function decode
         * @memberof ogrt.VerifiedProcess
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {ogrt.VerifiedProcess & ogrt.VerifiedProcess.$Shape} VerifiedProcess
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        VerifiedProcess.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.ogrt.VerifiedProcess();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 500: {
                        if (wireType !== 2)
                            break;
                        message.start = $root.ogrt.ProcessStart.decode(reader, reader.size(), $undefined, _depth + 1, message.start);
                        continue;
                    }
                case 501: {
                        if (wireType !== 0)
                            break;
                        message.received_ns = reader.uint64();
                        continue;
                    }
                case 502: {
                        if (wireType !== 2)
                            break;
                        message.program = $root.ogrt.Finding.decode(reader, reader.size(), $undefined, _depth + 1, message.program);
                        continue;
                    }
                case 503: {
                        if (wireType !== 2)
                            break;
                        if (!(message.objects && message.objects.length))
                            message.objects = [];
                        message.objects.push($root.ogrt.Finding.decode(reader, reader.size(), $undefined, _depth + 1));
                        continue;
                    }
                case 504: {
                        if (wireType !== 2)
                            break;
                        if (!(message.conflicts && message.conflicts.length))
                            message.conflicts = [];
                        message.conflicts.push($root.ogrt.Conflict.decode(reader, reader.size(), $undefined, _depth + 1));
                        continue;
                    }
                case 505: {
                        if (wireType !== 2)
                            break;
                        message.agent = reader.bytes();
                        continue;
                    }
                case 506: {
                        if (wireType !== 0)
                            break;
                        value = reader.int32();
                        if ($root.ogrt.ObservedBy[value] !== $undefined)
                            message.observed_by = value;
                        else if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                        continue;
                    }
                case 507: {
                        if (wireType !== 2)
                            break;
                        message.attested = $root.ogrt.Attested.decode(reader, reader.size(), $undefined, _depth + 1, message.attested);
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            if (!$Object.hasOwnProperty.call(message, "start"))
                throw $util.ProtocolError("missing required 'start'", { instance: message });
            if (!$Object.hasOwnProperty.call(message, "received_ns"))
                throw $util.ProtocolError("missing required 'received_ns'", { instance: message });
            if (!$Object.hasOwnProperty.call(message, "program"))
                throw $util.ProtocolError("missing required 'program'", { instance: message });
            return message;
        };

        return VerifiedProcess;
    })();

    ogrt.Amendment = (function() {

        /**
         * Properties of an Amendment.
         * @typedef {Object} ogrt.Amendment.$Properties
         * @property {Uint8Array} uuid Amendment uuid
         * @property {number|null} [part] Amendment part
         * @property {number|Long} received_ns Amendment received_ns
         * @property {ogrt.Finding.$Properties|null} [program] Amendment program
         * @property {Array.<ogrt.Finding.$Properties>|null} [objects] Amendment objects
         * @property {Array.<ogrt.Conflict.$Properties>|null} [conflicts] Amendment conflicts
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of an Amendment.
         * @memberof ogrt
         * @interface IAmendment
         * @augments ogrt.Amendment.$Properties
         * @deprecated Use ogrt.Amendment.$Properties instead.
         */

        /**
         * Shape of an Amendment.
         * @typedef {ogrt.Amendment.$Properties} ogrt.Amendment.$Shape
         */

        /**
         * Constructs a new Amendment.
         * @memberof ogrt
         * @classdesc Represents an Amendment.
         * @constructor
         * @param {ogrt.Amendment.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Amendment = function (properties) {
            this.objects = [];
            this.conflicts = [];
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Amendment uuid.
         * @member {Uint8Array} uuid
         * @memberof ogrt.Amendment
         * @instance
         */
        Amendment.prototype.uuid = $util.newBuffer([]);

        /**
         * Amendment part.
         * @member {number} part
         * @memberof ogrt.Amendment
         * @instance
         */
        Amendment.prototype.part = 0;

        /**
         * Amendment received_ns.
         * @member {number|Long} received_ns
         * @memberof ogrt.Amendment
         * @instance
         */
        Amendment.prototype.received_ns = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

        /**
         * Amendment program.
         * @member {ogrt.Finding.$Properties|null|undefined} program
         * @memberof ogrt.Amendment
         * @instance
         */
        Amendment.prototype.program = null;

        /**
         * Amendment objects.
         * @member {Array.<ogrt.Finding.$Properties>} objects
         * @memberof ogrt.Amendment
         * @instance
         */
        Amendment.prototype.objects = $util.emptyArray;

        /**
         * Amendment conflicts.
         * @member {Array.<ogrt.Conflict.$Properties>} conflicts
         * @memberof ogrt.Amendment
         * @instance
         */
        Amendment.prototype.conflicts = $util.emptyArray;

        /**
         * Encodes the specified Amendment message. Does not implicitly {@link ogrt.Amendment.verify|verify} messages.
         * @function encode
         * @memberof ogrt.Amendment
         * @static
         * @param {ogrt.Amendment.$Properties} message Amendment message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Amendment.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            writer.uint32(/* id 500, wireType 2 =*/4002).bytes(message.uuid);
            if (message.part != null && $Object.hasOwnProperty.call(message, "part"))
                writer.uint32(/* id 501, wireType 0 =*/4008).uint32(message.part);
            writer.uint32(/* id 502, wireType 0 =*/4016).uint64(message.received_ns);
            if (message.program != null && $Object.hasOwnProperty.call(message, "program"))
                $root.ogrt.Finding.encode(message.program, writer.uint32(/* id 503, wireType 2 =*/4026).fork(), _depth + 1).ldelim();
            if (message.objects != null && message.objects.length)
                for (let i = 0; i < message.objects.length; ++i)
                    $root.ogrt.Finding.encode(message.objects[i], writer.uint32(/* id 504, wireType 2 =*/4034).fork(), _depth + 1).ldelim();
            if (message.conflicts != null && message.conflicts.length)
                for (let i = 0; i < message.conflicts.length; ++i)
                    $root.ogrt.Conflict.encode(message.conflicts[i], writer.uint32(/* id 505, wireType 2 =*/4042).fork(), _depth + 1).ldelim();
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes an Amendment message from the specified reader or buffer.
         * @function decode
         * @memberof ogrt.Amendment
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {ogrt.Amendment & ogrt.Amendment.$Shape} Amendment
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Amendment.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.ogrt.Amendment();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 500: {
                        if (wireType !== 2)
                            break;
                        message.uuid = reader.bytes();
                        continue;
                    }
                case 501: {
                        if (wireType !== 0)
                            break;
                        message.part = reader.uint32();
                        continue;
                    }
                case 502: {
                        if (wireType !== 0)
                            break;
                        message.received_ns = reader.uint64();
                        continue;
                    }
                case 503: {
                        if (wireType !== 2)
                            break;
                        message.program = $root.ogrt.Finding.decode(reader, reader.size(), $undefined, _depth + 1, message.program);
                        continue;
                    }
                case 504: {
                        if (wireType !== 2)
                            break;
                        if (!(message.objects && message.objects.length))
                            message.objects = [];
                        message.objects.push($root.ogrt.Finding.decode(reader, reader.size(), $undefined, _depth + 1));
                        continue;
                    }
                case 505: {
                        if (wireType !== 2)
                            break;
                        if (!(message.conflicts && message.conflicts.length))
                            message.conflicts = [];
                        message.conflicts.push($root.ogrt.Conflict.decode(reader, reader.size(), $undefined, _depth + 1));
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            if (!$Object.hasOwnProperty.call(message, "uuid"))
                throw $util.ProtocolError("missing required 'uuid'", { instance: message });
            if (!$Object.hasOwnProperty.call(message, "received_ns"))
                throw $util.ProtocolError("missing required 'received_ns'", { instance: message });
            return message;
        };

        return Amendment;
    })();

    ogrt.Finding = (function() {

        /**
         * Properties of a Finding.
         * @typedef {Object} ogrt.Finding.$Properties
         * @property {string} verdict Finding verdict
         * @property {string|null} [reason] Finding reason
         * @property {string|null} [compared] Finding compared
         * @property {Array.<string>|null} [disk_signatures] Finding disk_signatures
         * @property {Uint8Array|null} [disk_build_id] Finding disk_build_id
         * @property {Array.<string>|null} [software] Finding software
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a Finding.
         * @memberof ogrt
         * @interface IFinding
         * @augments ogrt.Finding.$Properties
         * @deprecated Use ogrt.Finding.$Properties instead.
         */

        /**
         * Shape of a Finding.
         * @typedef {ogrt.Finding.$Properties} ogrt.Finding.$Shape
         */

        /**
         * Constructs a new Finding.
         * @memberof ogrt
         * @classdesc Represents a Finding.
         * @constructor
         * @param {ogrt.Finding.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Finding = function (properties) {
            this.disk_signatures = [];
            this.software = [];
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Finding verdict.
         * @member {string} verdict
         * @memberof ogrt.Finding
         * @instance
         */
        Finding.prototype.verdict = "";

        /**
         * Finding reason.
         * @member {string} reason
         * @memberof ogrt.Finding
         * @instance
         */
        Finding.prototype.reason = "";

        /**
         * Finding compared.
         * @member {string} compared
         * @memberof ogrt.Finding
         * @instance
         */
        Finding.prototype.compared = "";

        /**
         * Finding disk_signatures.
         * @member {Array.<string>} disk_signatures
         * @memberof ogrt.Finding
         * @instance
         */
        Finding.prototype.disk_signatures = $util.emptyArray;

        /**
         * Finding disk_build_id.
         * @member {Uint8Array} disk_build_id
         * @memberof ogrt.Finding
         * @instance
         */
        Finding.prototype.disk_build_id = $util.newBuffer([]);

        /**
         * Finding software.
         * @member {Array.<string>} software
         * @memberof ogrt.Finding
         * @instance
         */
        Finding.prototype.software = $util.emptyArray;

        /**
         * Encodes the specified Finding message. Does not implicitly {@link ogrt.Finding.verify|verify} messages.
         * @function encode
         * @memberof ogrt.Finding
         * @static
         * @param {ogrt.Finding.$Properties} message Finding message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Finding.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            writer.uint32(/* id 500, wireType 2 =*/4002).string(message.verdict);
            if (message.reason != null && $Object.hasOwnProperty.call(message, "reason"))
                writer.uint32(/* id 501, wireType 2 =*/4010).string(message.reason);
            if (message.compared != null && $Object.hasOwnProperty.call(message, "compared"))
                writer.uint32(/* id 502, wireType 2 =*/4018).string(message.compared);
            if (message.disk_signatures != null && message.disk_signatures.length)
                for (let i = 0; i < message.disk_signatures.length; ++i)
                    writer.uint32(/* id 503, wireType 2 =*/4026).string(message.disk_signatures[i]);
            if (message.disk_build_id != null && $Object.hasOwnProperty.call(message, "disk_build_id"))
                writer.uint32(/* id 504, wireType 2 =*/4034).bytes(message.disk_build_id);
            if (message.software != null && message.software.length)
                for (let i = 0; i < message.software.length; ++i)
                    writer.uint32(/* id 505, wireType 2 =*/4042).string(message.software[i]);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a Finding message from the specified reader or buffer.
         * @function decode
         * @memberof ogrt.Finding
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {ogrt.Finding & ogrt.Finding.$Shape} Finding
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Finding.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.ogrt.Finding();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 500: {
                        if (wireType !== 2)
                            break;
                        message.verdict = reader.string();
                        continue;
                    }
                case 501: {
                        if (wireType !== 2)
                            break;
                        message.reason = reader.string();
                        continue;
                    }
                case 502: {
                        if (wireType !== 2)
                            break;
                        message.compared = reader.string();
                        continue;
                    }
                case 503: {
                        if (wireType !== 2)
                            break;
                        if (!(message.disk_signatures && message.disk_signatures.length))
                            message.disk_signatures = [];
                        message.disk_signatures.push(reader.string());
                        continue;
                    }
                case 504: {
                        if (wireType !== 2)
                            break;
                        message.disk_build_id = reader.bytes();
                        continue;
                    }
                case 505: {
                        if (wireType !== 2)
                            break;
                        if (!(message.software && message.software.length))
                            message.software = [];
                        message.software.push(reader.string());
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            if (!$Object.hasOwnProperty.call(message, "verdict"))
                throw $util.ProtocolError("missing required 'verdict'", { instance: message });
            return message;
        };

        return Finding;
    })();

    ogrt.Conflict = (function() {

        /**
         * Properties of a Conflict.
         * @typedef {Object} ogrt.Conflict.$Properties
         * @property {string} signature Conflict signature
         * @property {Uint8Array} file_name Conflict file_name
         * @property {Array.<Uint8Array>|null} [build_ids] Conflict build_ids
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a Conflict.
         * @memberof ogrt
         * @interface IConflict
         * @augments ogrt.Conflict.$Properties
         * @deprecated Use ogrt.Conflict.$Properties instead.
         */

        /**
         * Shape of a Conflict.
         * @typedef {ogrt.Conflict.$Properties} ogrt.Conflict.$Shape
         */

        /**
         * Constructs a new Conflict.
         * @memberof ogrt
         * @classdesc Represents a Conflict.
         * @constructor
         * @param {ogrt.Conflict.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Conflict = function (properties) {
            this.build_ids = [];
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Conflict signature.
         * @member {string} signature
         * @memberof ogrt.Conflict
         * @instance
         */
        Conflict.prototype.signature = "";

        /**
         * Conflict file_name.
         * @member {Uint8Array} file_name
         * @memberof ogrt.Conflict
         * @instance
         */
        Conflict.prototype.file_name = $util.newBuffer([]);

        /**
         * Conflict build_ids.
         * @member {Array.<Uint8Array>} build_ids
         * @memberof ogrt.Conflict
         * @instance
         */
        Conflict.prototype.build_ids = $util.emptyArray;

        /**
         * Encodes the specified Conflict message. Does not implicitly {@link ogrt.Conflict.verify|verify} messages.
         * @function encode
         * @memberof ogrt.Conflict
         * @static
         * @param {ogrt.Conflict.$Properties} message Conflict message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Conflict.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            writer.uint32(/* id 500, wireType 2 =*/4002).string(message.signature);
            writer.uint32(/* id 501, wireType 2 =*/4010).bytes(message.file_name);
            if (message.build_ids != null && message.build_ids.length)
                for (let i = 0; i < message.build_ids.length; ++i)
                    writer.uint32(/* id 502, wireType 2 =*/4018).bytes(message.build_ids[i]);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a Conflict message from the specified reader or buffer.
         * @function decode
         * @memberof ogrt.Conflict
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {ogrt.Conflict & ogrt.Conflict.$Shape} Conflict
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Conflict.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.ogrt.Conflict();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 500: {
                        if (wireType !== 2)
                            break;
                        message.signature = reader.string();
                        continue;
                    }
                case 501: {
                        if (wireType !== 2)
                            break;
                        message.file_name = reader.bytes();
                        continue;
                    }
                case 502: {
                        if (wireType !== 2)
                            break;
                        if (!(message.build_ids && message.build_ids.length))
                            message.build_ids = [];
                        message.build_ids.push(reader.bytes());
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            if (!$Object.hasOwnProperty.call(message, "signature"))
                throw $util.ProtocolError("missing required 'signature'", { instance: message });
            if (!$Object.hasOwnProperty.call(message, "file_name"))
                throw $util.ProtocolError("missing required 'file_name'", { instance: message });
            return message;
        };

        return Conflict;
    })();

    ogrt.AgentHello = (function() {

        /**
         * Properties of an AgentHello.
         * @typedef {Object} ogrt.AgentHello.$Properties
         * @property {number} version AgentHello version
         * @property {Uint8Array} node AgentHello node
         * @property {Uint8Array} token AgentHello token
         * @property {Uint8Array} epoch AgentHello epoch
         * @property {number|Long} first AgentHello first
         * @property {Uint8Array} run AgentHello run
         * @property {Uint8Array|null} [agent_version] AgentHello agent_version
         * @property {Uint8Array|null} [kernel] AgentHello kernel
         * @property {Array.<Uint8Array>|null} [features] AgentHello features
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of an AgentHello.
         * @memberof ogrt
         * @interface IAgentHello
         * @augments ogrt.AgentHello.$Properties
         * @deprecated Use ogrt.AgentHello.$Properties instead.
         */

        /**
         * Shape of an AgentHello.
         * @typedef {ogrt.AgentHello.$Properties} ogrt.AgentHello.$Shape
         */

        /**
         * Constructs a new AgentHello.
         * @memberof ogrt
         * @classdesc Represents an AgentHello.
         * @constructor
         * @param {ogrt.AgentHello.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const AgentHello = function (properties) {
            this.features = [];
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * AgentHello version.
         * @member {number} version
         * @memberof ogrt.AgentHello
         * @instance
         */
        AgentHello.prototype.version = 0;

        /**
         * AgentHello node.
         * @member {Uint8Array} node
         * @memberof ogrt.AgentHello
         * @instance
         */
        AgentHello.prototype.node = $util.newBuffer([]);

        /**
         * AgentHello token.
         * @member {Uint8Array} token
         * @memberof ogrt.AgentHello
         * @instance
         */
        AgentHello.prototype.token = $util.newBuffer([]);

        /**
         * AgentHello epoch.
         * @member {Uint8Array} epoch
         * @memberof ogrt.AgentHello
         * @instance
         */
        AgentHello.prototype.epoch = $util.newBuffer([]);

        /**
         * AgentHello first.
         * @member {number|Long} first
         * @memberof ogrt.AgentHello
         * @instance
         */
        AgentHello.prototype.first = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

        /**
         * AgentHello run.
         * @member {Uint8Array} run
         * @memberof ogrt.AgentHello
         * @instance
         */
        AgentHello.prototype.run = $util.newBuffer([]);

        /**
         * AgentHello agent_version.
         * @member {Uint8Array} agent_version
         * @memberof ogrt.AgentHello
         * @instance
         */
        AgentHello.prototype.agent_version = $util.newBuffer([]);

        /**
         * AgentHello kernel.
         * @member {Uint8Array} kernel
         * @memberof ogrt.AgentHello
         * @instance
         */
        AgentHello.prototype.kernel = $util.newBuffer([]);

        /**
         * AgentHello features.
         * @member {Array.<Uint8Array>} features
         * @memberof ogrt.AgentHello
         * @instance
         */
        AgentHello.prototype.features = $util.emptyArray;

        /**
         * Encodes the specified AgentHello message. Does not implicitly {@link ogrt.AgentHello.verify|verify} messages.
         * @function encode
         * @memberof ogrt.AgentHello
         * @static
         * @param {ogrt.AgentHello.$Properties} message AgentHello message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        AgentHello.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.version);
            writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.node);
            writer.uint32(/* id 3, wireType 2 =*/26).bytes(message.token);
            writer.uint32(/* id 4, wireType 2 =*/34).bytes(message.epoch);
            writer.uint32(/* id 5, wireType 0 =*/40).uint64(message.first);
            if (message.agent_version != null && $Object.hasOwnProperty.call(message, "agent_version"))
                writer.uint32(/* id 6, wireType 2 =*/50).bytes(message.agent_version);
            if (message.kernel != null && $Object.hasOwnProperty.call(message, "kernel"))
                writer.uint32(/* id 7, wireType 2 =*/58).bytes(message.kernel);
            if (message.features != null && message.features.length)
                for (let i = 0; i < message.features.length; ++i)
                    writer.uint32(/* id 8, wireType 2 =*/66).bytes(message.features[i]);
            writer.uint32(/* id 9, wireType 2 =*/74).bytes(message.run);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes an AgentHello message from the specified reader or buffer.
         * @function decode
         * @memberof ogrt.AgentHello
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {ogrt.AgentHello & ogrt.AgentHello.$Shape} AgentHello
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        AgentHello.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.ogrt.AgentHello();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 0)
                            break;
                        message.version = reader.uint32();
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        message.node = reader.bytes();
                        continue;
                    }
                case 3: {
                        if (wireType !== 2)
                            break;
                        message.token = reader.bytes();
                        continue;
                    }
                case 4: {
                        if (wireType !== 2)
                            break;
                        message.epoch = reader.bytes();
                        continue;
                    }
                case 5: {
                        if (wireType !== 0)
                            break;
                        message.first = reader.uint64();
                        continue;
                    }
                case 9: {
                        if (wireType !== 2)
                            break;
                        message.run = reader.bytes();
                        continue;
                    }
                case 6: {
                        if (wireType !== 2)
                            break;
                        message.agent_version = reader.bytes();
                        continue;
                    }
                case 7: {
                        if (wireType !== 2)
                            break;
                        message.kernel = reader.bytes();
                        continue;
                    }
                case 8: {
                        if (wireType !== 2)
                            break;
                        if (!(message.features && message.features.length))
                            message.features = [];
                        message.features.push(reader.bytes());
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            if (!$Object.hasOwnProperty.call(message, "version"))
                throw $util.ProtocolError("missing required 'version'", { instance: message });
            if (!$Object.hasOwnProperty.call(message, "node"))
                throw $util.ProtocolError("missing required 'node'", { instance: message });
            if (!$Object.hasOwnProperty.call(message, "token"))
                throw $util.ProtocolError("missing required 'token'", { instance: message });
            if (!$Object.hasOwnProperty.call(message, "epoch"))
                throw $util.ProtocolError("missing required 'epoch'", { instance: message });
            if (!$Object.hasOwnProperty.call(message, "first"))
                throw $util.ProtocolError("missing required 'first'", { instance: message });
            if (!$Object.hasOwnProperty.call(message, "run"))
                throw $util.ProtocolError("missing required 'run'", { instance: message });
            return message;
        };

        return AgentHello;
    })();

    ogrt.AgentWelcome = (function() {

        /**
         * Properties of an AgentWelcome.
         * @typedef {Object} ogrt.AgentWelcome.$Properties
         * @property {number} version AgentWelcome version
         * @property {Uint8Array|null} [refused] AgentWelcome refused
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of an AgentWelcome.
         * @memberof ogrt
         * @interface IAgentWelcome
         * @augments ogrt.AgentWelcome.$Properties
         * @deprecated Use ogrt.AgentWelcome.$Properties instead.
         */

        /**
         * Shape of an AgentWelcome.
         * @typedef {ogrt.AgentWelcome.$Properties} ogrt.AgentWelcome.$Shape
         */

        /**
         * Constructs a new AgentWelcome.
         * @memberof ogrt
         * @classdesc Represents an AgentWelcome.
         * @constructor
         * @param {ogrt.AgentWelcome.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const AgentWelcome = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * AgentWelcome version.
         * @member {number} version
         * @memberof ogrt.AgentWelcome
         * @instance
         */
        AgentWelcome.prototype.version = 0;

        /**
         * AgentWelcome refused.
         * @member {Uint8Array} refused
         * @memberof ogrt.AgentWelcome
         * @instance
         */
        AgentWelcome.prototype.refused = $util.newBuffer([]);

        /**
         * Encodes the specified AgentWelcome message. Does not implicitly {@link ogrt.AgentWelcome.verify|verify} messages.
         * @function encode
         * @memberof ogrt.AgentWelcome
         * @static
         * @param {ogrt.AgentWelcome.$Properties} message AgentWelcome message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        AgentWelcome.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.version);
            if (message.refused != null && $Object.hasOwnProperty.call(message, "refused"))
                writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.refused);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes an AgentWelcome message from the specified reader or buffer.
         * @function decode
         * @memberof ogrt.AgentWelcome
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {ogrt.AgentWelcome & ogrt.AgentWelcome.$Shape} AgentWelcome
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        AgentWelcome.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.ogrt.AgentWelcome();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 0)
                            break;
                        message.version = reader.uint32();
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        message.refused = reader.bytes();
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            if (!$Object.hasOwnProperty.call(message, "version"))
                throw $util.ProtocolError("missing required 'version'", { instance: message });
            return message;
        };

        return AgentWelcome;
    })();

    ogrt.AgentObjects = (function() {

        /**
         * Properties of an AgentObjects.
         * @typedef {Object} ogrt.AgentObjects.$Properties
         * @property {number} number AgentObjects number
         * @property {Uint8Array} start_fields AgentObjects start_fields
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of an AgentObjects.
         * @memberof ogrt
         * @interface IAgentObjects
         * @augments ogrt.AgentObjects.$Properties
         * @deprecated Use ogrt.AgentObjects.$Properties instead.
         */

        /**
         * Shape of an AgentObjects.
         * @typedef {ogrt.AgentObjects.$Properties} ogrt.AgentObjects.$Shape
         */

        /**
         * Constructs a new AgentObjects.
         * @memberof ogrt
         * @classdesc Represents an AgentObjects.
         * @constructor
         * @param {ogrt.AgentObjects.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const AgentObjects = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * AgentObjects number.
         * @member {number} number
         * @memberof ogrt.AgentObjects
         * @instance
         */
        AgentObjects.prototype.number = 0;

        /**
         * AgentObjects start_fields.
         * @member {Uint8Array} start_fields
         * @memberof ogrt.AgentObjects
         * @instance
         */
        AgentObjects.prototype.start_fields = $util.newBuffer([]);

        /**
         * Encodes the specified AgentObjects message. Does not implicitly {@link ogrt.AgentObjects.verify|verify} messages.
         * @function encode
         * @memberof ogrt.AgentObjects
         * @static
         * @param {ogrt.AgentObjects.$Properties} message AgentObjects message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        AgentObjects.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.number);
            writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.start_fields);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes an AgentObjects message from the specified reader or buffer.
         * @function decode
         * @memberof ogrt.AgentObjects
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {ogrt.AgentObjects & ogrt.AgentObjects.$Shape} AgentObjects
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        AgentObjects.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.ogrt.AgentObjects();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 0)
                            break;
                        message.number = reader.uint32();
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        message.start_fields = reader.bytes();
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            if (!$Object.hasOwnProperty.call(message, "number"))
                throw $util.ProtocolError("missing required 'number'", { instance: message });
            if (!$Object.hasOwnProperty.call(message, "start_fields"))
                throw $util.ProtocolError("missing required 'start_fields'", { instance: message });
            return message;
        };

        return AgentObjects;
    })();

    /**
     * ObservedBy enum.
     * @name ogrt.ObservedBy
     * @enum {number}
     * @property {number} KERNEL=1 KERNEL value
     * @property {number} PRELOAD=2 PRELOAD value
     * @property {number} BOTH=3 BOTH value
     */
    ogrt.ObservedBy = (function() {
        const valuesById = $Object.create(null), values = $Object.create(valuesById);
        values[valuesById[1] = "KERNEL"] = 1;
        values[valuesById[2] = "PRELOAD"] = 2;
        values[valuesById[3] = "BOTH"] = 3;
        return values;
    })();

    ogrt.AgentRecord = (function() {

        /**
         * Properties of an AgentRecord.
         * @typedef {Object} ogrt.AgentRecord.$Properties
         * @property {number|Long} sequence AgentRecord sequence
         * @property {Uint8Array|null} [start] AgentRecord start
         * @property {Uint8Array|null} [end] AgentRecord end
         * @property {number|null} [objects] AgentRecord objects
         * @property {ogrt.ObservedBy} observed_by AgentRecord observed_by
         * @property {ogrt.Attested.$Properties|null} [attested] AgentRecord attested
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of an AgentRecord.
         * @memberof ogrt
         * @interface IAgentRecord
         * @augments ogrt.AgentRecord.$Properties
         * @deprecated Use ogrt.AgentRecord.$Properties instead.
         */

        /**
         * Shape of an AgentRecord.
         * @typedef {ogrt.AgentRecord.$Properties} ogrt.AgentRecord.$Shape
         */

        /**
         * Constructs a new AgentRecord.
         * @memberof ogrt
         * @classdesc Represents an AgentRecord.
         * @constructor
         * @param {ogrt.AgentRecord.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const AgentRecord = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * AgentRecord sequence.
         * @member {number|Long} sequence
         * @memberof ogrt.AgentRecord
         * @instance
         */
        AgentRecord.prototype.sequence = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

        /**
         * AgentRecord start.
         * @member {Uint8Array} start
         * @memberof ogrt.AgentRecord
         * @instance
         */
        AgentRecord.prototype.start = $util.newBuffer([]);

        /**
         * AgentRecord end.
         * @member {Uint8Array} end
         * @memberof ogrt.AgentRecord
         * @instance
         */
        AgentRecord.prototype.end = $util.newBuffer([]);

        /**
         * AgentRecord objects.
         * @member {number} objects
         * @memberof ogrt.AgentRecord
         * @instance
         */
        AgentRecord.prototype.objects = 0;

        /**
         * AgentRecord observed_by.
         * @member {ogrt.ObservedBy} observed_by
         * @memberof ogrt.AgentRecord
         * @instance
         */
        AgentRecord.prototype.observed_by = 1;

        /**
         * AgentRecord attested.
         * @member {ogrt.Attested.$Properties|null|undefined} attested
         * @memberof ogrt.AgentRecord
         * @instance
         */
        AgentRecord.prototype.attested = null;

        /**
         * Encodes the specified AgentRecord message. Does not implicitly {@link ogrt.AgentRecord.verify|verify} messages.
         * @function encode
         * @memberof ogrt.AgentRecord
         * @static
         * @param {ogrt.AgentRecord.$Properties} message AgentRecord message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        AgentRecord.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            writer.uint32(/* id 1, wireType 0 =*/8).uint64(message.sequence);
            if (message.start != null && $Object.hasOwnProperty.call(message, "start"))
                writer.uint32(/* id 2, wireType 2 =*/18).bytes(message.start);
            if (message.end != null && $Object.hasOwnProperty.call(message, "end"))
                writer.uint32(/* id 3, wireType 2 =*/26).bytes(message.end);
            if (message.objects != null && $Object.hasOwnProperty.call(message, "objects"))
                writer.uint32(/* id 4, wireType 0 =*/32).uint32(message.objects);
            writer.uint32(/* id 5, wireType 0 =*/40).int32(message.observed_by);
            if (message.attested != null && $Object.hasOwnProperty.call(message, "attested"))
                $root.ogrt.Attested.encode(message.attested, writer.uint32(/* id 6, wireType 2 =*/50).fork(), _depth + 1).ldelim();
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes an AgentRecord message from the specified reader or buffer.
         * @function decode
         * @memberof ogrt.AgentRecord
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {ogrt.AgentRecord & ogrt.AgentRecord.$Shape} AgentRecord
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        AgentRecord.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.ogrt.AgentRecord();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 0)
                            break;
                        message.sequence = reader.uint64();
                        continue;
                    }
                case 2: {
                        if (wireType !== 2)
                            break;
                        message.start = reader.bytes();
                        continue;
                    }
                case 3: {
                        if (wireType !== 2)
                            break;
                        message.end = reader.bytes();
                        continue;
                    }
                case 4: {
                        if (wireType !== 0)
                            break;
                        message.objects = reader.uint32();
                        continue;
                    }
                case 5: {
                        if (wireType !== 0)
                            break;
                        value = reader.int32();
                        if ($root.ogrt.ObservedBy[value] !== $undefined)
                            message.observed_by = value;
                        else if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                        continue;
                    }
                case 6: {
                        if (wireType !== 2)
                            break;
                        message.attested = $root.ogrt.Attested.decode(reader, reader.size(), $undefined, _depth + 1, message.attested);
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            if (!$Object.hasOwnProperty.call(message, "sequence"))
                throw $util.ProtocolError("missing required 'sequence'", { instance: message });
            if (!$Object.hasOwnProperty.call(message, "observed_by"))
                throw $util.ProtocolError("missing required 'observed_by'", { instance: message });
            return message;
        };

        return AgentRecord;
    })();

    ogrt.Attested = (function() {

        /**
         * Properties of an Attested.
         * @typedef {Object} ogrt.Attested.$Properties
         * @property {number|null} [uid] Attested uid
         * @property {number|null} [gid] Attested gid
         * @property {number|null} [pid] Attested pid
         * @property {number|Long|null} [pid_namespace] Attested pid_namespace
         * @property {number|null} [inner_pid] Attested inner_pid
         * @property {Uint8Array|null} [cgroup] Attested cgroup
         * @property {boolean|null} [existed] Attested existed
         * @property {ogrt.Attested.EndedBy|null} [ended_by] Attested ended_by
         * @property {number|null} [exit_status] Attested exit_status
         * @property {number|null} [exit_signal] Attested exit_signal
         * @property {boolean|null} [core_dumped] Attested core_dumped
         * @property {number|Long|null} [user_us] Attested user_us
         * @property {number|Long|null} [system_us] Attested system_us
         * @property {number|Long|null} [peak_rss_kb] Attested peak_rss_kb
         * @property {number|Long|null} [read_bytes] Attested read_bytes
         * @property {number|Long|null} [written_bytes] Attested written_bytes
         * @property {number|null} [threads] Attested threads
         * @property {boolean|null} [is_lower_bound] Attested is_lower_bound
         * @property {ogrt.Forks.$Properties|null} [forks] Attested forks
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of an Attested.
         * @memberof ogrt
         * @interface IAttested
         * @augments ogrt.Attested.$Properties
         * @deprecated Use ogrt.Attested.$Properties instead.
         */

        /**
         * Shape of an Attested.
         * @typedef {ogrt.Attested.$Properties} ogrt.Attested.$Shape
         */

        /**
         * Constructs a new Attested.
         * @memberof ogrt
         * @classdesc Represents an Attested.
         * @constructor
         * @param {ogrt.Attested.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Attested = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Attested uid.
         * @member {number} uid
         * @memberof ogrt.Attested
         * @instance
         */
        Attested.prototype.uid = 0;

        /**
         * Attested gid.
         * @member {number} gid
         * @memberof ogrt.Attested
         * @instance
         */
        Attested.prototype.gid = 0;

        /**
         * Attested pid.
         * @member {number} pid
         * @memberof ogrt.Attested
         * @instance
         */
        Attested.prototype.pid = 0;

        /**
         * Attested pid_namespace.
         * @member {number|Long} pid_namespace
         * @memberof ogrt.Attested
         * @instance
         */
        Attested.prototype.pid_namespace = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

        /**
         * Attested inner_pid.
         * @member {number} inner_pid
         * @memberof ogrt.Attested
         * @instance
         */
        Attested.prototype.inner_pid = 0;

        /**
         * Attested cgroup.
         * @member {Uint8Array} cgroup
         * @memberof ogrt.Attested
         * @instance
         */
        Attested.prototype.cgroup = $util.newBuffer([]);

        /**
         * Attested existed.
         * @member {boolean} existed
         * @memberof ogrt.Attested
         * @instance
         */
        Attested.prototype.existed = false;

        /**
         * Attested ended_by.
         * @member {ogrt.Attested.EndedBy} ended_by
         * @memberof ogrt.Attested
         * @instance
         */
        Attested.prototype.ended_by = 1;

        /**
         * Attested exit_status.
         * @member {number} exit_status
         * @memberof ogrt.Attested
         * @instance
         */
        Attested.prototype.exit_status = 0;

        /**
         * Attested exit_signal.
         * @member {number} exit_signal
         * @memberof ogrt.Attested
         * @instance
         */
        Attested.prototype.exit_signal = 0;

        /**
         * Attested core_dumped.
         * @member {boolean} core_dumped
         * @memberof ogrt.Attested
         * @instance
         */
        Attested.prototype.core_dumped = false;

        /**
         * Attested user_us.
         * @member {number|Long} user_us
         * @memberof ogrt.Attested
         * @instance
         */
        Attested.prototype.user_us = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

        /**
         * Attested system_us.
         * @member {number|Long} system_us
         * @memberof ogrt.Attested
         * @instance
         */
        Attested.prototype.system_us = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

        /**
         * Attested peak_rss_kb.
         * @member {number|Long} peak_rss_kb
         * @memberof ogrt.Attested
         * @instance
         */
        Attested.prototype.peak_rss_kb = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

        /**
         * Attested read_bytes.
         * @member {number|Long} read_bytes
         * @memberof ogrt.Attested
         * @instance
         */
        Attested.prototype.read_bytes = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

        /**
         * Attested written_bytes.
         * @member {number|Long} written_bytes
         * @memberof ogrt.Attested
         * @instance
         */
        Attested.prototype.written_bytes = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

        /**
         * Attested threads.
         * @member {number} threads
         * @memberof ogrt.Attested
         * @instance
         */
        Attested.prototype.threads = 0;

        /**
         * Attested is_lower_bound.
         * @member {boolean} is_lower_bound
         * @memberof ogrt.Attested
         * @instance
         */
        Attested.prototype.is_lower_bound = false;

        /**
         * Attested forks.
         * @member {ogrt.Forks.$Properties|null|undefined} forks
         * @memberof ogrt.Attested
         * @instance
         */
        Attested.prototype.forks = null;

        /**
         * Encodes the specified Attested message. Does not implicitly {@link ogrt.Attested.verify|verify} messages.
         * @function encode
         * @memberof ogrt.Attested
         * @static
         * @param {ogrt.Attested.$Properties} message Attested message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Attested.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.uid != null && $Object.hasOwnProperty.call(message, "uid"))
                writer.uint32(/* id 1, wireType 0 =*/8).uint32(message.uid);
            if (message.gid != null && $Object.hasOwnProperty.call(message, "gid"))
                writer.uint32(/* id 2, wireType 0 =*/16).uint32(message.gid);
            if (message.pid != null && $Object.hasOwnProperty.call(message, "pid"))
                writer.uint32(/* id 3, wireType 0 =*/24).int32(message.pid);
            if (message.pid_namespace != null && $Object.hasOwnProperty.call(message, "pid_namespace"))
                writer.uint32(/* id 4, wireType 0 =*/32).uint64(message.pid_namespace);
            if (message.inner_pid != null && $Object.hasOwnProperty.call(message, "inner_pid"))
                writer.uint32(/* id 5, wireType 0 =*/40).int32(message.inner_pid);
            if (message.cgroup != null && $Object.hasOwnProperty.call(message, "cgroup"))
                writer.uint32(/* id 6, wireType 2 =*/50).bytes(message.cgroup);
            if (message.existed != null && $Object.hasOwnProperty.call(message, "existed"))
                writer.uint32(/* id 7, wireType 0 =*/56).bool(message.existed);
            if (message.ended_by != null && $Object.hasOwnProperty.call(message, "ended_by"))
                writer.uint32(/* id 8, wireType 0 =*/64).int32(message.ended_by);
            if (message.exit_status != null && $Object.hasOwnProperty.call(message, "exit_status"))
                writer.uint32(/* id 9, wireType 0 =*/72).uint32(message.exit_status);
            if (message.exit_signal != null && $Object.hasOwnProperty.call(message, "exit_signal"))
                writer.uint32(/* id 10, wireType 0 =*/80).uint32(message.exit_signal);
            if (message.core_dumped != null && $Object.hasOwnProperty.call(message, "core_dumped"))
                writer.uint32(/* id 11, wireType 0 =*/88).bool(message.core_dumped);
            if (message.user_us != null && $Object.hasOwnProperty.call(message, "user_us"))
                writer.uint32(/* id 12, wireType 0 =*/96).uint64(message.user_us);
            if (message.system_us != null && $Object.hasOwnProperty.call(message, "system_us"))
                writer.uint32(/* id 13, wireType 0 =*/104).uint64(message.system_us);
            if (message.peak_rss_kb != null && $Object.hasOwnProperty.call(message, "peak_rss_kb"))
                writer.uint32(/* id 14, wireType 0 =*/112).uint64(message.peak_rss_kb);
            if (message.read_bytes != null && $Object.hasOwnProperty.call(message, "read_bytes"))
                writer.uint32(/* id 15, wireType 0 =*/120).uint64(message.read_bytes);
            if (message.written_bytes != null && $Object.hasOwnProperty.call(message, "written_bytes"))
                writer.uint32(/* id 16, wireType 0 =*/128).uint64(message.written_bytes);
            if (message.threads != null && $Object.hasOwnProperty.call(message, "threads"))
                writer.uint32(/* id 17, wireType 0 =*/136).uint32(message.threads);
            if (message.is_lower_bound != null && $Object.hasOwnProperty.call(message, "is_lower_bound"))
                writer.uint32(/* id 18, wireType 0 =*/144).bool(message.is_lower_bound);
            if (message.forks != null && $Object.hasOwnProperty.call(message, "forks"))
                $root.ogrt.Forks.encode(message.forks, writer.uint32(/* id 19, wireType 2 =*/154).fork(), _depth + 1).ldelim();
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes an Attested message from the specified reader or buffer.
         * @function decode
         * @memberof ogrt.Attested
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {ogrt.Attested & ogrt.Attested.$Shape} Attested
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Attested.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message, value;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.ogrt.Attested();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 0)
                            break;
                        message.uid = reader.uint32();
                        continue;
                    }
                case 2: {
                        if (wireType !== 0)
                            break;
                        message.gid = reader.uint32();
                        continue;
                    }
                case 3: {
                        if (wireType !== 0)
                            break;
                        message.pid = reader.int32();
                        continue;
                    }
                case 4: {
                        if (wireType !== 0)
                            break;
                        message.pid_namespace = reader.uint64();
                        continue;
                    }
                case 5: {
                        if (wireType !== 0)
                            break;
                        message.inner_pid = reader.int32();
                        continue;
                    }
                case 6: {
                        if (wireType !== 2)
                            break;
                        message.cgroup = reader.bytes();
                        continue;
                    }
                case 7: {
                        if (wireType !== 0)
                            break;
                        message.existed = reader.bool();
                        continue;
                    }
                case 8: {
                        if (wireType !== 0)
                            break;
                        value = reader.int32();
                        if ($root.ogrt.Attested.EndedBy[value] !== $undefined)
                            message.ended_by = value;
                        else if (!reader.discardUnknown) {
                            $util.makeProp(message, "$unknowns", false);
                            (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                        }
                        continue;
                    }
                case 9: {
                        if (wireType !== 0)
                            break;
                        message.exit_status = reader.uint32();
                        continue;
                    }
                case 10: {
                        if (wireType !== 0)
                            break;
                        message.exit_signal = reader.uint32();
                        continue;
                    }
                case 11: {
                        if (wireType !== 0)
                            break;
                        message.core_dumped = reader.bool();
                        continue;
                    }
                case 12: {
                        if (wireType !== 0)
                            break;
                        message.user_us = reader.uint64();
                        continue;
                    }
                case 13: {
                        if (wireType !== 0)
                            break;
                        message.system_us = reader.uint64();
                        continue;
                    }
                case 14: {
                        if (wireType !== 0)
                            break;
                        message.peak_rss_kb = reader.uint64();
                        continue;
                    }
                case 15: {
                        if (wireType !== 0)
                            break;
                        message.read_bytes = reader.uint64();
                        continue;
                    }
                case 16: {
                        if (wireType !== 0)
                            break;
                        message.written_bytes = reader.uint64();
                        continue;
                    }
                case 17: {
                        if (wireType !== 0)
                            break;
                        message.threads = reader.uint32();
                        continue;
                    }
                case 18: {
                        if (wireType !== 0)
                            break;
                        message.is_lower_bound = reader.bool();
                        continue;
                    }
                case 19: {
                        if (wireType !== 2)
                            break;
                        message.forks = $root.ogrt.Forks.decode(reader, reader.size(), $undefined, _depth + 1, message.forks);
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        /**
         * EndedBy enum.
         * @name ogrt.Attested.EndedBy
         * @enum {number}
         * @property {number} EXIT=1 EXIT value
         * @property {number} EXEC=2 EXEC value
         * @property {number} LOST=3 LOST value
         */
        Attested.EndedBy = (function() {
            const valuesById = $Object.create(null), values = $Object.create(valuesById);
            values[valuesById[1] = "EXIT"] = 1;
            values[valuesById[2] = "EXEC"] = 2;
            values[valuesById[3] = "LOST"] = 3;
            return values;
        })();

        return Attested;
    })();

    ogrt.Forks = (function() {

        /**
         * Properties of a Forks.
         * @typedef {Object} ogrt.Forks.$Properties
         * @property {number|Long|null} [ended] Forks ended
         * @property {number|Long|null} [killed] Forks killed
         * @property {number|Long|null} [failed] Forks failed
         * @property {number|Long|null} [user_us] Forks user_us
         * @property {number|Long|null} [system_us] Forks system_us
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of a Forks.
         * @memberof ogrt
         * @interface IForks
         * @augments ogrt.Forks.$Properties
         * @deprecated Use ogrt.Forks.$Properties instead.
         */

        /**
         * Shape of a Forks.
         * @typedef {ogrt.Forks.$Properties} ogrt.Forks.$Shape
         */

        /**
         * Constructs a new Forks.
         * @memberof ogrt
         * @classdesc Represents a Forks.
         * @constructor
         * @param {ogrt.Forks.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const Forks = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * Forks ended.
         * @member {number|Long} ended
         * @memberof ogrt.Forks
         * @instance
         */
        Forks.prototype.ended = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

        /**
         * Forks killed.
         * @member {number|Long} killed
         * @memberof ogrt.Forks
         * @instance
         */
        Forks.prototype.killed = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

        /**
         * Forks failed.
         * @member {number|Long} failed
         * @memberof ogrt.Forks
         * @instance
         */
        Forks.prototype.failed = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

        /**
         * Forks user_us.
         * @member {number|Long} user_us
         * @memberof ogrt.Forks
         * @instance
         */
        Forks.prototype.user_us = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

        /**
         * Forks system_us.
         * @member {number|Long} system_us
         * @memberof ogrt.Forks
         * @instance
         */
        Forks.prototype.system_us = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

        /**
         * Encodes the specified Forks message. Does not implicitly {@link ogrt.Forks.verify|verify} messages.
         * @function encode
         * @memberof ogrt.Forks
         * @static
         * @param {ogrt.Forks.$Properties} message Forks message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        Forks.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            if (message.ended != null && $Object.hasOwnProperty.call(message, "ended"))
                writer.uint32(/* id 1, wireType 0 =*/8).uint64(message.ended);
            if (message.killed != null && $Object.hasOwnProperty.call(message, "killed"))
                writer.uint32(/* id 2, wireType 0 =*/16).uint64(message.killed);
            if (message.failed != null && $Object.hasOwnProperty.call(message, "failed"))
                writer.uint32(/* id 3, wireType 0 =*/24).uint64(message.failed);
            if (message.user_us != null && $Object.hasOwnProperty.call(message, "user_us"))
                writer.uint32(/* id 4, wireType 0 =*/32).uint64(message.user_us);
            if (message.system_us != null && $Object.hasOwnProperty.call(message, "system_us"))
                writer.uint32(/* id 5, wireType 0 =*/40).uint64(message.system_us);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes a Forks message from the specified reader or buffer.
         * @function decode
         * @memberof ogrt.Forks
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {ogrt.Forks & ogrt.Forks.$Shape} Forks
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        Forks.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.ogrt.Forks();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 0)
                            break;
                        message.ended = reader.uint64();
                        continue;
                    }
                case 2: {
                        if (wireType !== 0)
                            break;
                        message.killed = reader.uint64();
                        continue;
                    }
                case 3: {
                        if (wireType !== 0)
                            break;
                        message.failed = reader.uint64();
                        continue;
                    }
                case 4: {
                        if (wireType !== 0)
                            break;
                        message.user_us = reader.uint64();
                        continue;
                    }
                case 5: {
                        if (wireType !== 0)
                            break;
                        message.system_us = reader.uint64();
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            return message;
        };

        return Forks;
    })();

    ogrt.AgentAcknowledgement = (function() {

        /**
         * Properties of an AgentAcknowledgement.
         * @typedef {Object} ogrt.AgentAcknowledgement.$Properties
         * @property {number|Long} sequence AgentAcknowledgement sequence
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of an AgentAcknowledgement.
         * @memberof ogrt
         * @interface IAgentAcknowledgement
         * @augments ogrt.AgentAcknowledgement.$Properties
         * @deprecated Use ogrt.AgentAcknowledgement.$Properties instead.
         */

        /**
         * Shape of an AgentAcknowledgement.
         * @typedef {ogrt.AgentAcknowledgement.$Properties} ogrt.AgentAcknowledgement.$Shape
         */

        /**
         * Constructs a new AgentAcknowledgement.
         * @memberof ogrt
         * @classdesc Represents an AgentAcknowledgement.
         * @constructor
         * @param {ogrt.AgentAcknowledgement.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const AgentAcknowledgement = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * AgentAcknowledgement sequence.
         * @member {number|Long} sequence
         * @memberof ogrt.AgentAcknowledgement
         * @instance
         */
        AgentAcknowledgement.prototype.sequence = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

        /**
         * Encodes the specified AgentAcknowledgement message. Does not implicitly {@link ogrt.AgentAcknowledgement.verify|verify} messages.
         * @function encode
         * @memberof ogrt.AgentAcknowledgement
         * @static
         * @param {ogrt.AgentAcknowledgement.$Properties} message AgentAcknowledgement message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        AgentAcknowledgement.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            writer.uint32(/* id 1, wireType 0 =*/8).uint64(message.sequence);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes an AgentAcknowledgement message from the specified reader or buffer.
         * @function decode
         * @memberof ogrt.AgentAcknowledgement
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {ogrt.AgentAcknowledgement & ogrt.AgentAcknowledgement.$Shape} AgentAcknowledgement
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        AgentAcknowledgement.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.ogrt.AgentAcknowledgement();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 0)
                            break;
                        message.sequence = reader.uint64();
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            if (!$Object.hasOwnProperty.call(message, "sequence"))
                throw $util.ProtocolError("missing required 'sequence'", { instance: message });
            return message;
        };

        return AgentAcknowledgement;
    })();

    ogrt.AgentHeartbeat = (function() {

        /**
         * Properties of an AgentHeartbeat.
         * @typedef {Object} ogrt.AgentHeartbeat.$Properties
         * @property {number|Long} running_s AgentHeartbeat running_s
         * @property {number|Long} records AgentHeartbeat records
         * @property {number|Long} spooled_records AgentHeartbeat spooled_records
         * @property {number|Long} spooled_bytes AgentHeartbeat spooled_bytes
         * @property {Array.<ogrt.AgentLoss.$Properties>|null} [lost] AgentHeartbeat lost
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of an AgentHeartbeat.
         * @memberof ogrt
         * @interface IAgentHeartbeat
         * @augments ogrt.AgentHeartbeat.$Properties
         * @deprecated Use ogrt.AgentHeartbeat.$Properties instead.
         */

        /**
         * Shape of an AgentHeartbeat.
         * @typedef {ogrt.AgentHeartbeat.$Properties} ogrt.AgentHeartbeat.$Shape
         */

        /**
         * Constructs a new AgentHeartbeat.
         * @memberof ogrt
         * @classdesc Represents an AgentHeartbeat.
         * @constructor
         * @param {ogrt.AgentHeartbeat.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const AgentHeartbeat = function (properties) {
            this.lost = [];
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * AgentHeartbeat running_s.
         * @member {number|Long} running_s
         * @memberof ogrt.AgentHeartbeat
         * @instance
         */
        AgentHeartbeat.prototype.running_s = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

        /**
         * AgentHeartbeat records.
         * @member {number|Long} records
         * @memberof ogrt.AgentHeartbeat
         * @instance
         */
        AgentHeartbeat.prototype.records = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

        /**
         * AgentHeartbeat spooled_records.
         * @member {number|Long} spooled_records
         * @memberof ogrt.AgentHeartbeat
         * @instance
         */
        AgentHeartbeat.prototype.spooled_records = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

        /**
         * AgentHeartbeat spooled_bytes.
         * @member {number|Long} spooled_bytes
         * @memberof ogrt.AgentHeartbeat
         * @instance
         */
        AgentHeartbeat.prototype.spooled_bytes = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

        /**
         * AgentHeartbeat lost.
         * @member {Array.<ogrt.AgentLoss.$Properties>} lost
         * @memberof ogrt.AgentHeartbeat
         * @instance
         */
        AgentHeartbeat.prototype.lost = $util.emptyArray;

        /**
         * Encodes the specified AgentHeartbeat message. Does not implicitly {@link ogrt.AgentHeartbeat.verify|verify} messages.
         * @function encode
         * @memberof ogrt.AgentHeartbeat
         * @static
         * @param {ogrt.AgentHeartbeat.$Properties} message AgentHeartbeat message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        AgentHeartbeat.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            writer.uint32(/* id 1, wireType 0 =*/8).uint64(message.running_s);
            writer.uint32(/* id 2, wireType 0 =*/16).uint64(message.records);
            writer.uint32(/* id 3, wireType 0 =*/24).uint64(message.spooled_records);
            writer.uint32(/* id 4, wireType 0 =*/32).uint64(message.spooled_bytes);
            if (message.lost != null && message.lost.length)
                for (let i = 0; i < message.lost.length; ++i)
                    $root.ogrt.AgentLoss.encode(message.lost[i], writer.uint32(/* id 5, wireType 2 =*/42).fork(), _depth + 1).ldelim();
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes an AgentHeartbeat message from the specified reader or buffer.
         * @function decode
         * @memberof ogrt.AgentHeartbeat
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {ogrt.AgentHeartbeat & ogrt.AgentHeartbeat.$Shape} AgentHeartbeat
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        AgentHeartbeat.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.ogrt.AgentHeartbeat();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 0)
                            break;
                        message.running_s = reader.uint64();
                        continue;
                    }
                case 2: {
                        if (wireType !== 0)
                            break;
                        message.records = reader.uint64();
                        continue;
                    }
                case 3: {
                        if (wireType !== 0)
                            break;
                        message.spooled_records = reader.uint64();
                        continue;
                    }
                case 4: {
                        if (wireType !== 0)
                            break;
                        message.spooled_bytes = reader.uint64();
                        continue;
                    }
                case 5: {
                        if (wireType !== 2)
                            break;
                        if (!(message.lost && message.lost.length))
                            message.lost = [];
                        message.lost.push($root.ogrt.AgentLoss.decode(reader, reader.size(), $undefined, _depth + 1));
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            if (!$Object.hasOwnProperty.call(message, "running_s"))
                throw $util.ProtocolError("missing required 'running_s'", { instance: message });
            if (!$Object.hasOwnProperty.call(message, "records"))
                throw $util.ProtocolError("missing required 'records'", { instance: message });
            if (!$Object.hasOwnProperty.call(message, "spooled_records"))
                throw $util.ProtocolError("missing required 'spooled_records'", { instance: message });
            if (!$Object.hasOwnProperty.call(message, "spooled_bytes"))
                throw $util.ProtocolError("missing required 'spooled_bytes'", { instance: message });
            return message;
        };

        return AgentHeartbeat;
    })();

    ogrt.AgentLoss = (function() {

        /**
         * Properties of an AgentLoss.
         * @typedef {Object} ogrt.AgentLoss.$Properties
         * @property {Uint8Array} reason AgentLoss reason
         * @property {number|Long} count AgentLoss count
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */

        /**
         * Properties of an AgentLoss.
         * @memberof ogrt
         * @interface IAgentLoss
         * @augments ogrt.AgentLoss.$Properties
         * @deprecated Use ogrt.AgentLoss.$Properties instead.
         */

        /**
         * Shape of an AgentLoss.
         * @typedef {ogrt.AgentLoss.$Properties} ogrt.AgentLoss.$Shape
         */

        /**
         * Constructs a new AgentLoss.
         * @memberof ogrt
         * @classdesc Represents an AgentLoss.
         * @constructor
         * @param {ogrt.AgentLoss.$Properties=} [properties] Properties to set
         * @property {Array.<Uint8Array>} [$unknowns] Unknown fields preserved while decoding when enabled
         */
        const AgentLoss = function (properties) {
            if (properties)
                for (let keys = $Object.keys(properties), i = 0; i < keys.length; ++i)
                    if (properties[keys[i]] != null && keys[i] !== "__proto__")
                        this[keys[i]] = properties[keys[i]];
        };

        /**
         * AgentLoss reason.
         * @member {Uint8Array} reason
         * @memberof ogrt.AgentLoss
         * @instance
         */
        AgentLoss.prototype.reason = $util.newBuffer([]);

        /**
         * AgentLoss count.
         * @member {number|Long} count
         * @memberof ogrt.AgentLoss
         * @instance
         */
        AgentLoss.prototype.count = $util.Long ? $util.Long.fromBits(0,0,true) : 0;

        /**
         * Encodes the specified AgentLoss message. Does not implicitly {@link ogrt.AgentLoss.verify|verify} messages.
         * @function encode
         * @memberof ogrt.AgentLoss
         * @static
         * @param {ogrt.AgentLoss.$Properties} message AgentLoss message or plain object to encode
         * @param {$protobuf.Writer} [writer] Writer to encode to
         * @returns {$protobuf.Writer} Writer
         */
        AgentLoss.encode = function (message, writer, _depth) {
            if (!writer)
                writer = $Writer.create();
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $util.recursionLimit)
                throw $Error("max depth exceeded");
            writer.uint32(/* id 1, wireType 2 =*/10).bytes(message.reason);
            writer.uint32(/* id 2, wireType 0 =*/16).uint64(message.count);
            if (message.$unknowns != null && $Object.hasOwnProperty.call(message, "$unknowns"))
                for (let i = 0; i < message.$unknowns.length; ++i)
                    writer.raw(message.$unknowns[i]);
            return writer;
        };

        /**
         * Decodes an AgentLoss message from the specified reader or buffer.
         * @function decode
         * @memberof ogrt.AgentLoss
         * @static
         * @param {$protobuf.Reader|Uint8Array} reader Reader or buffer to decode from
         * @param {number} [length] Message length if known beforehand
         * @returns {ogrt.AgentLoss & ogrt.AgentLoss.$Shape} AgentLoss
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        AgentLoss.decode = function (reader, length, _end, _depth, _target) {
            if (!(reader instanceof $Reader))
                reader = $Reader.create(reader);
            if (_depth === $undefined)
                _depth = 0;
            if (_depth > $Reader.recursionLimit)
                throw $Error("max depth exceeded");
            let end, message;
            if (length === $undefined)
                end = reader.len;
            else {
                end = reader.pos + length;
                if (end > reader.len)
                    throw $RangeError("index out of range");
                length = reader.len;
                reader.len = end;
            }
            message = _target || new $root.ogrt.AgentLoss();
            while (reader.pos < end) {
                let start = reader.pos;
                let tag = reader.tag();
                if (tag === _end) {
                    _end = $undefined;
                    break;
                }
                let wireType = tag & 7;
                switch (tag >>>= 3) {
                case 1: {
                        if (wireType !== 2)
                            break;
                        message.reason = reader.bytes();
                        continue;
                    }
                case 2: {
                        if (wireType !== 0)
                            break;
                        message.count = reader.uint64();
                        continue;
                    }
                }
                reader.skipType(wireType, _depth, tag);
                if (!reader.discardUnknown) {
                    $util.makeProp(message, "$unknowns", false);
                    (message.$unknowns || (message.$unknowns = [])).push(reader.raw(start, reader.pos));
                }
            }
            if (length !== $undefined) {
                if (reader.pos !== end)
                    throw $RangeError("index out of range");
                reader.len = length;
            }
            if (_end !== $undefined)
                throw $Error("missing end group");
            if (!$Object.hasOwnProperty.call(message, "reason"))
                throw $util.ProtocolError("missing required 'reason'", { instance: message });
            if (!$Object.hasOwnProperty.call(message, "count"))
                throw $util.ProtocolError("missing required 'count'", { instance: message });
            return message;
        };

        return AgentLoss;
    })();

    return ogrt;
})();

export {
  $root as default
};
