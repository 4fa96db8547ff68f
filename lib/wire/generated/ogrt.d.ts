// Generated from proto/ogrt.proto by `npm run generate`; do not edit.
import * as $protobuf from "protobufjs/minimal.js";
import Long = require("long");

/** Namespace ogrt. */
export namespace ogrt {

    /** MessageType enum. */
    enum MessageType {

        /** JOB_START value */
        JOB_START = 10,

        /** JOB_END value */
        JOB_END = 11,

        /** PROCESS_START value */
        PROCESS_START = 12,

        /** PROCESS_END value */
        PROCESS_END = 16,

        /** AGENT_HELLO value */
        AGENT_HELLO = 20,

        /** AGENT_WELCOME value */
        AGENT_WELCOME = 21,

        /** AGENT_OBJECTS value */
        AGENT_OBJECTS = 22,

        /** AGENT_RECORD value */
        AGENT_RECORD = 23,

        /** AGENT_ACKNOWLEDGEMENT value */
        AGENT_ACKNOWLEDGEMENT = 24,

        /** AGENT_HEARTBEAT value */
        AGENT_HEARTBEAT = 25
    }

    /**
     * Properties of a JobStart.
     * @deprecated Use ogrt.JobStart.$Properties instead.
     */
    interface IJobStart extends ogrt.JobStart.$Properties {
    }

    /** Represents a JobStart. */
    class JobStart {

        /**
         * Constructs a new JobStart.
         * @param [properties] Properties to set
         */
        constructor(properties?: ogrt.JobStart.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** JobStart job_id. */
        job_id: Uint8Array;

        /** JobStart start_time. */
        start_time: (number|Long);

        /** JobStart cluster. */
        cluster: Uint8Array;

        /**
         * Encodes the specified JobStart message. Does not implicitly {@link ogrt.JobStart.verify|verify} messages.
         * @param message JobStart message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: ogrt.JobStart.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a JobStart message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {ogrt.JobStart & ogrt.JobStart.$Shape} JobStart
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): ogrt.JobStart & ogrt.JobStart.$Shape;
    }

    namespace JobStart {

        /** Properties of a JobStart. */
        interface $Properties {

            /** JobStart job_id */
            job_id: Uint8Array;

            /** JobStart start_time */
            start_time: (number|Long);

            /** JobStart cluster */
            cluster?: (Uint8Array|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a JobStart. */
        type $Shape = ogrt.JobStart.$Properties;
    }

    /**
     * Properties of a JobEnd.
     * @deprecated Use ogrt.JobEnd.$Properties instead.
     */
    interface IJobEnd extends ogrt.JobEnd.$Properties {
    }

    /** Represents a JobEnd. */
    class JobEnd {

        /**
         * Constructs a new JobEnd.
         * @param [properties] Properties to set
         */
        constructor(properties?: ogrt.JobEnd.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** JobEnd job_id. */
        job_id: Uint8Array;

        /** JobEnd end_time. */
        end_time: (number|Long);

        /** JobEnd cluster. */
        cluster: Uint8Array;

        /**
         * Encodes the specified JobEnd message. Does not implicitly {@link ogrt.JobEnd.verify|verify} messages.
         * @param message JobEnd message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: ogrt.JobEnd.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a JobEnd message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {ogrt.JobEnd & ogrt.JobEnd.$Shape} JobEnd
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): ogrt.JobEnd & ogrt.JobEnd.$Shape;
    }

    namespace JobEnd {

        /** Properties of a JobEnd. */
        interface $Properties {

            /** JobEnd job_id */
            job_id: Uint8Array;

            /** JobEnd end_time */
            end_time: (number|Long);

            /** JobEnd cluster */
            cluster?: (Uint8Array|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a JobEnd. */
        type $Shape = ogrt.JobEnd.$Properties;
    }

    /**
     * Properties of a ProcessStart.
     * @deprecated Use ogrt.ProcessStart.$Properties instead.
     */
    interface IProcessStart extends ogrt.ProcessStart.$Properties {
    }

    /** Represents a ProcessStart. */
    class ProcessStart {

        /**
         * Constructs a new ProcessStart.
         * @param [properties] Properties to set
         */
        constructor(properties?: ogrt.ProcessStart.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** ProcessStart uuid. */
        uuid: Uint8Array;

        /** ProcessStart binpath. */
        binpath: Uint8Array;

        /** ProcessStart pid. */
        pid: number;

        /** ProcessStart parent_pid. */
        parent_pid: number;

        /** ProcessStart time. */
        time: (number|Long);

        /** ProcessStart signature. */
        signature: Uint8Array;

        /** ProcessStart job_id. */
        job_id: Uint8Array;

        /** ProcessStart username. */
        username: Uint8Array;

        /** ProcessStart hostname. */
        hostname: Uint8Array;

        /** ProcessStart cmdline. */
        cmdline: Uint8Array;

        /** ProcessStart environment_variables. */
        environment_variables: Uint8Array[];

        /** ProcessStart arguments. */
        arguments: Uint8Array[];

        /** ProcessStart shared_objects. */
        shared_objects: ogrt.SharedObject.$Properties[];

        /** ProcessStart loaded_modules. */
        loaded_modules: ogrt.Module.$Properties[];

        /** ProcessStart cwd. */
        cwd: Uint8Array;

        /** ProcessStart time_ns. */
        time_ns: (number|Long);

        /** ProcessStart uid. */
        uid: number;

        /** ProcessStart gid. */
        gid: number;

        /** ProcessStart build_id. */
        build_id: Uint8Array;

        /** ProcessStart signatures. */
        signatures: Uint8Array[];

        /** ProcessStart omitted. */
        omitted?: (ogrt.Omitted.$Properties|null);

        /** ProcessStart euid. */
        euid: number;

        /** ProcessStart egid. */
        egid: number;

        /** ProcessStart cluster. */
        cluster: Uint8Array;

        /** ProcessStart step_id. */
        step_id: Uint8Array;

        /** ProcessStart array_job_id. */
        array_job_id: Uint8Array;

        /** ProcessStart array_task_id. */
        array_task_id: Uint8Array;

        /** ProcessStart node_id. */
        node_id: Uint8Array;

        /** ProcessStart rank. */
        rank: Uint8Array;

        /** ProcessStart local_rank. */
        local_rank: Uint8Array;

        /** ProcessStart container. */
        container: Uint8Array;

        /** ProcessStart ld_library_path. */
        ld_library_path: Uint8Array;

        /** ProcessStart ld_preload. */
        ld_preload: Uint8Array;

        /** ProcessStart binpath_device. */
        binpath_device: (number|Long);

        /** ProcessStart binpath_inode. */
        binpath_inode: (number|Long);

        /** ProcessStart binpath_size. */
        binpath_size: (number|Long);

        /** ProcessStart part. */
        part: number;

        /** ProcessStart shared_objects_total. */
        shared_objects_total: number;

        /** ProcessStart root_device. */
        root_device: (number|Long);

        /** ProcessStart root_inode. */
        root_inode: (number|Long);

        /** ProcessStart root_mount_id. */
        root_mount_id: (number|Long);

        /** ProcessStart stamps_unknown. */
        stamps_unknown: boolean;

        /**
         * Encodes the specified ProcessStart message. Does not implicitly {@link ogrt.ProcessStart.verify|verify} messages.
         * @param message ProcessStart message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: ogrt.ProcessStart.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a ProcessStart message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {ogrt.ProcessStart & ogrt.ProcessStart.$Shape} ProcessStart
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): ogrt.ProcessStart & ogrt.ProcessStart.$Shape;
    }

    namespace ProcessStart {

        /** Properties of a ProcessStart. */
        interface $Properties {

            /** ProcessStart uuid */
            uuid?: (Uint8Array|null);

            /** ProcessStart binpath */
            binpath: Uint8Array;

            /** ProcessStart pid */
            pid: number;

            /** ProcessStart parent_pid */
            parent_pid: number;

            /** ProcessStart time */
            time: (number|Long);

            /** ProcessStart signature */
            signature?: (Uint8Array|null);

            /** ProcessStart job_id */
            job_id?: (Uint8Array|null);

            /** ProcessStart username */
            username?: (Uint8Array|null);

            /** ProcessStart hostname */
            hostname?: (Uint8Array|null);

            /** ProcessStart cmdline */
            cmdline?: (Uint8Array|null);

            /** ProcessStart environment_variables */
            environment_variables?: (Uint8Array[]|null);

            /** ProcessStart arguments */
            "arguments"?: (Uint8Array[]|null);

            /** ProcessStart shared_objects */
            shared_objects?: (ogrt.SharedObject.$Properties[]|null);

            /** ProcessStart loaded_modules */
            loaded_modules?: (ogrt.Module.$Properties[]|null);

            /** ProcessStart cwd */
            cwd?: (Uint8Array|null);

            /** ProcessStart time_ns */
            time_ns?: (number|Long|null);

            /** ProcessStart uid */
            uid?: (number|null);

            /** ProcessStart gid */
            gid?: (number|null);

            /** ProcessStart build_id */
            build_id?: (Uint8Array|null);

            /** ProcessStart signatures */
            signatures?: (Uint8Array[]|null);

            /** ProcessStart omitted */
            omitted?: (ogrt.Omitted.$Properties|null);

            /** ProcessStart euid */
            euid?: (number|null);

            /** ProcessStart egid */
            egid?: (number|null);

            /** ProcessStart cluster */
            cluster?: (Uint8Array|null);

            /** ProcessStart step_id */
            step_id?: (Uint8Array|null);

            /** ProcessStart array_job_id */
            array_job_id?: (Uint8Array|null);

            /** ProcessStart array_task_id */
            array_task_id?: (Uint8Array|null);

            /** ProcessStart node_id */
            node_id?: (Uint8Array|null);

            /** ProcessStart rank */
            rank?: (Uint8Array|null);

            /** ProcessStart local_rank */
            local_rank?: (Uint8Array|null);

            /** ProcessStart container */
            container?: (Uint8Array|null);

            /** ProcessStart ld_library_path */
            ld_library_path?: (Uint8Array|null);

            /** ProcessStart ld_preload */
            ld_preload?: (Uint8Array|null);

            /** ProcessStart binpath_device */
            binpath_device?: (number|Long|null);

            /** ProcessStart binpath_inode */
            binpath_inode?: (number|Long|null);

            /** ProcessStart binpath_size */
            binpath_size?: (number|Long|null);

            /** ProcessStart part */
            part?: (number|null);

            /** ProcessStart shared_objects_total */
            shared_objects_total?: (number|null);

            /** ProcessStart root_device */
            root_device?: (number|Long|null);

            /** ProcessStart root_inode */
            root_inode?: (number|Long|null);

            /** ProcessStart root_mount_id */
            root_mount_id?: (number|Long|null);

            /** ProcessStart stamps_unknown */
            stamps_unknown?: (boolean|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a ProcessStart. */
        type $Shape = ogrt.ProcessStart.$Properties;
    }

    /**
     * Properties of a SharedObject.
     * @deprecated Use ogrt.SharedObject.$Properties instead.
     */
    interface ISharedObject extends ogrt.SharedObject.$Properties {
    }

    /** Represents a SharedObject. */
    class SharedObject {

        /**
         * Constructs a new SharedObject.
         * @param [properties] Properties to set
         */
        constructor(properties?: ogrt.SharedObject.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** SharedObject path. */
        path: Uint8Array;

        /** SharedObject signature. */
        signature: Uint8Array;

        /** SharedObject build_id. */
        build_id: Uint8Array;

        /** SharedObject signatures. */
        signatures: Uint8Array[];

        /** SharedObject soname. */
        soname: Uint8Array;

        /** SharedObject stamps_unknown. */
        stamps_unknown: boolean;

        /**
         * Encodes the specified SharedObject message. Does not implicitly {@link ogrt.SharedObject.verify|verify} messages.
         * @param message SharedObject message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: ogrt.SharedObject.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a SharedObject message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {ogrt.SharedObject & ogrt.SharedObject.$Shape} SharedObject
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): ogrt.SharedObject & ogrt.SharedObject.$Shape;
    }

    namespace SharedObject {

        /** Properties of a SharedObject. */
        interface $Properties {

            /** SharedObject path */
            path: Uint8Array;

            /** SharedObject signature */
            signature?: (Uint8Array|null);

            /** SharedObject build_id */
            build_id?: (Uint8Array|null);

            /** SharedObject signatures */
            signatures?: (Uint8Array[]|null);

            /** SharedObject soname */
            soname?: (Uint8Array|null);

            /** SharedObject stamps_unknown */
            stamps_unknown?: (boolean|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a SharedObject. */
        type $Shape = ogrt.SharedObject.$Properties;
    }

    /**
     * Properties of a Module.
     * @deprecated Use ogrt.Module.$Properties instead.
     */
    interface IModule extends ogrt.Module.$Properties {
    }

    /** Represents a Module. */
    class Module {

        /**
         * Constructs a new Module.
         * @param [properties] Properties to set
         */
        constructor(properties?: ogrt.Module.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Module name. */
        name: Uint8Array;

        /**
         * Encodes the specified Module message. Does not implicitly {@link ogrt.Module.verify|verify} messages.
         * @param message Module message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: ogrt.Module.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Module message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {ogrt.Module & ogrt.Module.$Shape} Module
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): ogrt.Module & ogrt.Module.$Shape;
    }

    namespace Module {

        /** Properties of a Module. */
        interface $Properties {

            /** Module name */
            name: Uint8Array;

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a Module. */
        type $Shape = ogrt.Module.$Properties;
    }

    /**
     * Properties of an Omitted.
     * @deprecated Use ogrt.Omitted.$Properties instead.
     */
    interface IOmitted extends ogrt.Omitted.$Properties {
    }

    /** Represents an Omitted. */
    class Omitted {

        /**
         * Constructs a new Omitted.
         * @param [properties] Properties to set
         */
        constructor(properties?: ogrt.Omitted.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Omitted arguments. */
        arguments: number;

        /** Omitted environment_variables. */
        environment_variables: number;

        /** Omitted shared_objects. */
        shared_objects: number;

        /** Omitted loaded_modules. */
        loaded_modules: number;

        /** Omitted signatures. */
        signatures: number;

        /**
         * Encodes the specified Omitted message. Does not implicitly {@link ogrt.Omitted.verify|verify} messages.
         * @param message Omitted message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: ogrt.Omitted.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes an Omitted message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {ogrt.Omitted & ogrt.Omitted.$Shape} Omitted
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): ogrt.Omitted & ogrt.Omitted.$Shape;
    }

    namespace Omitted {

        /** Properties of an Omitted. */
        interface $Properties {

            /** Omitted arguments */
            "arguments"?: (number|null);

            /** Omitted environment_variables */
            environment_variables?: (number|null);

            /** Omitted shared_objects */
            shared_objects?: (number|null);

            /** Omitted loaded_modules */
            loaded_modules?: (number|null);

            /** Omitted signatures */
            signatures?: (number|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of an Omitted. */
        type $Shape = ogrt.Omitted.$Properties;
    }

    /**
     * Properties of a ProcessEnd.
     * @deprecated Use ogrt.ProcessEnd.$Properties instead.
     */
    interface IProcessEnd extends ogrt.ProcessEnd.$Properties {
    }

    /** Represents a ProcessEnd. */
    class ProcessEnd {

        /**
         * Constructs a new ProcessEnd.
         * @param [properties] Properties to set
         */
        constructor(properties?: ogrt.ProcessEnd.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** ProcessEnd uuid. */
        uuid: Uint8Array;

        /** ProcessEnd time. */
        time: (number|Long);

        /** ProcessEnd ru_utime. */
        ru_utime: (number|Long);

        /** ProcessEnd ru_stime. */
        ru_stime: (number|Long);

        /** ProcessEnd ru_maxrss. */
        ru_maxrss: (number|Long);

        /** ProcessEnd ru_minflt. */
        ru_minflt: (number|Long);

        /** ProcessEnd ru_majflt. */
        ru_majflt: (number|Long);

        /** ProcessEnd ru_inblock. */
        ru_inblock: (number|Long);

        /** ProcessEnd ru_oublock. */
        ru_oublock: (number|Long);

        /** ProcessEnd ru_nvcsw. */
        ru_nvcsw: (number|Long);

        /** ProcessEnd ru_nivcsw. */
        ru_nivcsw: (number|Long);

        /** ProcessEnd start_time. */
        start_time: (number|Long);

        /** ProcessEnd time_ns. */
        time_ns: (number|Long);

        /** ProcessEnd start_time_ns. */
        start_time_ns: (number|Long);

        /** ProcessEnd pid. */
        pid: number;

        /** ProcessEnd children_utime. */
        children_utime: (number|Long);

        /** ProcessEnd children_stime. */
        children_stime: (number|Long);

        /** ProcessEnd children_maxrss. */
        children_maxrss: (number|Long);

        /** ProcessEnd loaded_objects. */
        loaded_objects: ogrt.SharedObject.$Properties[];

        /** ProcessEnd unloaded_objects. */
        unloaded_objects: (number|Long);

        /** ProcessEnd omitted. */
        omitted?: (ogrt.Omitted.$Properties|null);

        /** ProcessEnd part. */
        part: number;

        /** ProcessEnd loaded_objects_total. */
        loaded_objects_total: number;

        /**
         * Encodes the specified ProcessEnd message. Does not implicitly {@link ogrt.ProcessEnd.verify|verify} messages.
         * @param message ProcessEnd message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: ogrt.ProcessEnd.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a ProcessEnd message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {ogrt.ProcessEnd & ogrt.ProcessEnd.$Shape} ProcessEnd
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): ogrt.ProcessEnd & ogrt.ProcessEnd.$Shape;
    }

    namespace ProcessEnd {

        /** Properties of a ProcessEnd. */
        interface $Properties {

            /** ProcessEnd uuid */
            uuid: Uint8Array;

            /** ProcessEnd time */
            time?: (number|Long|null);

            /** ProcessEnd ru_utime */
            ru_utime?: (number|Long|null);

            /** ProcessEnd ru_stime */
            ru_stime?: (number|Long|null);

            /** ProcessEnd ru_maxrss */
            ru_maxrss?: (number|Long|null);

            /** ProcessEnd ru_minflt */
            ru_minflt?: (number|Long|null);

            /** ProcessEnd ru_majflt */
            ru_majflt?: (number|Long|null);

            /** ProcessEnd ru_inblock */
            ru_inblock?: (number|Long|null);

            /** ProcessEnd ru_oublock */
            ru_oublock?: (number|Long|null);

            /** ProcessEnd ru_nvcsw */
            ru_nvcsw?: (number|Long|null);

            /** ProcessEnd ru_nivcsw */
            ru_nivcsw?: (number|Long|null);

            /** ProcessEnd start_time */
            start_time?: (number|Long|null);

            /** ProcessEnd time_ns */
            time_ns?: (number|Long|null);

            /** ProcessEnd start_time_ns */
            start_time_ns?: (number|Long|null);

            /** ProcessEnd pid */
            pid?: (number|null);

            /** ProcessEnd children_utime */
            children_utime?: (number|Long|null);

            /** ProcessEnd children_stime */
            children_stime?: (number|Long|null);

            /** ProcessEnd children_maxrss */
            children_maxrss?: (number|Long|null);

            /** ProcessEnd loaded_objects */
            loaded_objects?: (ogrt.SharedObject.$Properties[]|null);

            /** ProcessEnd unloaded_objects */
            unloaded_objects?: (number|Long|null);

            /** ProcessEnd omitted */
            omitted?: (ogrt.Omitted.$Properties|null);

            /** ProcessEnd part */
            part?: (number|null);

            /** ProcessEnd loaded_objects_total */
            loaded_objects_total?: (number|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a ProcessEnd. */
        type $Shape = ogrt.ProcessEnd.$Properties;
    }

    /**
     * Properties of a StreamMessage.
     * @deprecated Use ogrt.StreamMessage.$Properties instead.
     */
    interface IStreamMessage extends ogrt.StreamMessage.$Properties {
    }

    /** Represents a StreamMessage. */
    class StreamMessage {

        /**
         * Constructs a new StreamMessage.
         * @param [properties] Properties to set
         */
        constructor(properties?: ogrt.StreamMessage.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** StreamMessage process. */
        process?: (ogrt.VerifiedProcess.$Properties|null);

        /** StreamMessage lost. */
        lost: (number|Long);

        /** StreamMessage amendment. */
        amendment?: (ogrt.Amendment.$Properties|null);

        /**
         * Encodes the specified StreamMessage message. Does not implicitly {@link ogrt.StreamMessage.verify|verify} messages.
         * @param message StreamMessage message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: ogrt.StreamMessage.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a StreamMessage message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {ogrt.StreamMessage & ogrt.StreamMessage.$Shape} StreamMessage
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): ogrt.StreamMessage & ogrt.StreamMessage.$Shape;
    }

    namespace StreamMessage {

        /** Properties of a StreamMessage. */
        interface $Properties {

            /** StreamMessage process */
            process?: (ogrt.VerifiedProcess.$Properties|null);

            /** StreamMessage lost */
            lost?: (number|Long|null);

            /** StreamMessage amendment */
            amendment?: (ogrt.Amendment.$Properties|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a StreamMessage. */
        type $Shape = ogrt.StreamMessage.$Properties;
    }

    /**
     * Properties of a VerifiedProcess.
     * @deprecated Use ogrt.VerifiedProcess.$Properties instead.
     */
    interface IVerifiedProcess extends ogrt.VerifiedProcess.$Properties {
    }

    /** Represents a VerifiedProcess. */
    class VerifiedProcess {

        /**
         * Constructs a new VerifiedProcess.
         * @param [properties] Properties to set
         */
        constructor(properties?: ogrt.VerifiedProcess.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** VerifiedProcess start. */
        start: ogrt.ProcessStart.$Properties;

        /** VerifiedProcess received_ns. */
        received_ns: (number|Long);

        /** VerifiedProcess program. */
        program: ogrt.Finding.$Properties;

        /** VerifiedProcess objects. */
        objects: ogrt.Finding.$Properties[];

        /** VerifiedProcess conflicts. */
        conflicts: ogrt.Conflict.$Properties[];

        /** VerifiedProcess agent. */
        agent: Uint8Array;

        /** VerifiedProcess observed_by. */
        observed_by: ogrt.ObservedBy;

        /** VerifiedProcess attested. */
        attested?: (ogrt.Attested.$Properties|null);

        /**
         * Encodes the specified VerifiedProcess message. Does not implicitly {@link ogrt.VerifiedProcess.verify|verify} messages.
         * @param message VerifiedProcess message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: ogrt.VerifiedProcess.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a VerifiedProcess message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {ogrt.VerifiedProcess & ogrt.VerifiedProcess.$Shape} VerifiedProcess
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): ogrt.VerifiedProcess & ogrt.VerifiedProcess.$Shape;
    }

    namespace VerifiedProcess {

        /** Properties of a VerifiedProcess. */
        interface $Properties {

            /** VerifiedProcess start */
            start: ogrt.ProcessStart.$Properties;

            /** VerifiedProcess received_ns */
            received_ns: (number|Long);

            /** VerifiedProcess program */
            program: ogrt.Finding.$Properties;

            /** VerifiedProcess objects */
            objects?: (ogrt.Finding.$Properties[]|null);

            /** VerifiedProcess conflicts */
            conflicts?: (ogrt.Conflict.$Properties[]|null);

            /** VerifiedProcess agent */
            agent?: (Uint8Array|null);

            /** VerifiedProcess observed_by */
            observed_by?: (ogrt.ObservedBy|null);

            /** VerifiedProcess attested */
            attested?: (ogrt.Attested.$Properties|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a VerifiedProcess. */
        type $Shape = ogrt.VerifiedProcess.$Properties;
    }

    /**
     * Properties of an Amendment.
     * @deprecated Use ogrt.Amendment.$Properties instead.
     */
    interface IAmendment extends ogrt.Amendment.$Properties {
    }

    /** Represents an Amendment. */
    class Amendment {

        /**
         * Constructs a new Amendment.
         * @param [properties] Properties to set
         */
        constructor(properties?: ogrt.Amendment.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Amendment uuid. */
        uuid: Uint8Array;

        /** Amendment part. */
        part: number;

        /** Amendment received_ns. */
        received_ns: (number|Long);

        /** Amendment program. */
        program?: (ogrt.Finding.$Properties|null);

        /** Amendment objects. */
        objects: ogrt.Finding.$Properties[];

        /** Amendment conflicts. */
        conflicts: ogrt.Conflict.$Properties[];

        /**
         * Encodes the specified Amendment message. Does not implicitly {@link ogrt.Amendment.verify|verify} messages.
         * @param message Amendment message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: ogrt.Amendment.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes an Amendment message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {ogrt.Amendment & ogrt.Amendment.$Shape} Amendment
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): ogrt.Amendment & ogrt.Amendment.$Shape;
    }

    namespace Amendment {

        /** Properties of an Amendment. */
        interface $Properties {

            /** Amendment uuid */
            uuid: Uint8Array;

            /** Amendment part */
            part?: (number|null);

            /** Amendment received_ns */
            received_ns: (number|Long);

            /** Amendment program */
            program?: (ogrt.Finding.$Properties|null);

            /** Amendment objects */
            objects?: (ogrt.Finding.$Properties[]|null);

            /** Amendment conflicts */
            conflicts?: (ogrt.Conflict.$Properties[]|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of an Amendment. */
        type $Shape = ogrt.Amendment.$Properties;
    }

    /**
     * Properties of a Finding.
     * @deprecated Use ogrt.Finding.$Properties instead.
     */
    interface IFinding extends ogrt.Finding.$Properties {
    }

    /** Represents a Finding. */
    class Finding {

        /**
         * Constructs a new Finding.
         * @param [properties] Properties to set
         */
        constructor(properties?: ogrt.Finding.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Finding verdict. */
        verdict: string;

        /** Finding reason. */
        reason: string;

        /** Finding compared. */
        compared: string;

        /** Finding disk_signatures. */
        disk_signatures: string[];

        /** Finding disk_build_id. */
        disk_build_id: Uint8Array;

        /** Finding software. */
        software: string[];

        /**
         * Encodes the specified Finding message. Does not implicitly {@link ogrt.Finding.verify|verify} messages.
         * @param message Finding message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: ogrt.Finding.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Finding message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {ogrt.Finding & ogrt.Finding.$Shape} Finding
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): ogrt.Finding & ogrt.Finding.$Shape;
    }

    namespace Finding {

        /** Properties of a Finding. */
        interface $Properties {

            /** Finding verdict */
            verdict: string;

            /** Finding reason */
            reason?: (string|null);

            /** Finding compared */
            compared?: (string|null);

            /** Finding disk_signatures */
            disk_signatures?: (string[]|null);

            /** Finding disk_build_id */
            disk_build_id?: (Uint8Array|null);

            /** Finding software */
            software?: (string[]|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a Finding. */
        type $Shape = ogrt.Finding.$Properties;
    }

    /**
     * Properties of a Conflict.
     * @deprecated Use ogrt.Conflict.$Properties instead.
     */
    interface IConflict extends ogrt.Conflict.$Properties {
    }

    /** Represents a Conflict. */
    class Conflict {

        /**
         * Constructs a new Conflict.
         * @param [properties] Properties to set
         */
        constructor(properties?: ogrt.Conflict.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Conflict signature. */
        signature: string;

        /** Conflict file_name. */
        file_name: Uint8Array;

        /** Conflict build_ids. */
        build_ids: Uint8Array[];

        /**
         * Encodes the specified Conflict message. Does not implicitly {@link ogrt.Conflict.verify|verify} messages.
         * @param message Conflict message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: ogrt.Conflict.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Conflict message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {ogrt.Conflict & ogrt.Conflict.$Shape} Conflict
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): ogrt.Conflict & ogrt.Conflict.$Shape;
    }

    namespace Conflict {

        /** Properties of a Conflict. */
        interface $Properties {

            /** Conflict signature */
            signature: string;

            /** Conflict file_name */
            file_name: Uint8Array;

            /** Conflict build_ids */
            build_ids?: (Uint8Array[]|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a Conflict. */
        type $Shape = ogrt.Conflict.$Properties;
    }

    /**
     * Properties of an AgentHello.
     * @deprecated Use ogrt.AgentHello.$Properties instead.
     */
    interface IAgentHello extends ogrt.AgentHello.$Properties {
    }

    /** Represents an AgentHello. */
    class AgentHello {

        /**
         * Constructs a new AgentHello.
         * @param [properties] Properties to set
         */
        constructor(properties?: ogrt.AgentHello.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** AgentHello version. */
        version: number;

        /** AgentHello node. */
        node: Uint8Array;

        /** AgentHello token. */
        token: Uint8Array;

        /** AgentHello epoch. */
        epoch: Uint8Array;

        /** AgentHello first. */
        first: (number|Long);

        /** AgentHello run. */
        run: Uint8Array;

        /** AgentHello agent_version. */
        agent_version: Uint8Array;

        /** AgentHello kernel. */
        kernel: Uint8Array;

        /** AgentHello features. */
        features: Uint8Array[];

        /**
         * Encodes the specified AgentHello message. Does not implicitly {@link ogrt.AgentHello.verify|verify} messages.
         * @param message AgentHello message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: ogrt.AgentHello.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes an AgentHello message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {ogrt.AgentHello & ogrt.AgentHello.$Shape} AgentHello
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): ogrt.AgentHello & ogrt.AgentHello.$Shape;
    }

    namespace AgentHello {

        /** Properties of an AgentHello. */
        interface $Properties {

            /** AgentHello version */
            version: number;

            /** AgentHello node */
            node: Uint8Array;

            /** AgentHello token */
            token: Uint8Array;

            /** AgentHello epoch */
            epoch: Uint8Array;

            /** AgentHello first */
            first: (number|Long);

            /** AgentHello run */
            run: Uint8Array;

            /** AgentHello agent_version */
            agent_version?: (Uint8Array|null);

            /** AgentHello kernel */
            kernel?: (Uint8Array|null);

            /** AgentHello features */
            features?: (Uint8Array[]|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of an AgentHello. */
        type $Shape = ogrt.AgentHello.$Properties;
    }

    /**
     * Properties of an AgentWelcome.
     * @deprecated Use ogrt.AgentWelcome.$Properties instead.
     */
    interface IAgentWelcome extends ogrt.AgentWelcome.$Properties {
    }

    /** Represents an AgentWelcome. */
    class AgentWelcome {

        /**
         * Constructs a new AgentWelcome.
         * @param [properties] Properties to set
         */
        constructor(properties?: ogrt.AgentWelcome.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** AgentWelcome version. */
        version: number;

        /** AgentWelcome refused. */
        refused: Uint8Array;

        /**
         * Encodes the specified AgentWelcome message. Does not implicitly {@link ogrt.AgentWelcome.verify|verify} messages.
         * @param message AgentWelcome message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: ogrt.AgentWelcome.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes an AgentWelcome message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {ogrt.AgentWelcome & ogrt.AgentWelcome.$Shape} AgentWelcome
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): ogrt.AgentWelcome & ogrt.AgentWelcome.$Shape;
    }

    namespace AgentWelcome {

        /** Properties of an AgentWelcome. */
        interface $Properties {

            /** AgentWelcome version */
            version: number;

            /** AgentWelcome refused */
            refused?: (Uint8Array|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of an AgentWelcome. */
        type $Shape = ogrt.AgentWelcome.$Properties;
    }

    /**
     * Properties of an AgentObjects.
     * @deprecated Use ogrt.AgentObjects.$Properties instead.
     */
    interface IAgentObjects extends ogrt.AgentObjects.$Properties {
    }

    /** Represents an AgentObjects. */
    class AgentObjects {

        /**
         * Constructs a new AgentObjects.
         * @param [properties] Properties to set
         */
        constructor(properties?: ogrt.AgentObjects.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** AgentObjects number. */
        number: number;

        /** AgentObjects start_fields. */
        start_fields: Uint8Array;

        /**
         * Encodes the specified AgentObjects message. Does not implicitly {@link ogrt.AgentObjects.verify|verify} messages.
         * @param message AgentObjects message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: ogrt.AgentObjects.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes an AgentObjects message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {ogrt.AgentObjects & ogrt.AgentObjects.$Shape} AgentObjects
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): ogrt.AgentObjects & ogrt.AgentObjects.$Shape;
    }

    namespace AgentObjects {

        /** Properties of an AgentObjects. */
        interface $Properties {

            /** AgentObjects number */
            number: number;

            /** AgentObjects start_fields */
            start_fields: Uint8Array;

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of an AgentObjects. */
        type $Shape = ogrt.AgentObjects.$Properties;
    }

    /** ObservedBy enum. */
    enum ObservedBy {

        /** KERNEL value */
        KERNEL = 1,

        /** PRELOAD value */
        PRELOAD = 2,

        /** BOTH value */
        BOTH = 3
    }

    /**
     * Properties of an AgentRecord.
     * @deprecated Use ogrt.AgentRecord.$Properties instead.
     */
    interface IAgentRecord extends ogrt.AgentRecord.$Properties {
    }

    /** Represents an AgentRecord. */
    class AgentRecord {

        /**
         * Constructs a new AgentRecord.
         * @param [properties] Properties to set
         */
        constructor(properties?: ogrt.AgentRecord.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** AgentRecord sequence. */
        sequence: (number|Long);

        /** AgentRecord start. */
        start: Uint8Array;

        /** AgentRecord end. */
        end: Uint8Array;

        /** AgentRecord objects. */
        objects: number;

        /** AgentRecord observed_by. */
        observed_by: ogrt.ObservedBy;

        /** AgentRecord attested. */
        attested?: (ogrt.Attested.$Properties|null);

        /**
         * Encodes the specified AgentRecord message. Does not implicitly {@link ogrt.AgentRecord.verify|verify} messages.
         * @param message AgentRecord message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: ogrt.AgentRecord.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes an AgentRecord message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {ogrt.AgentRecord & ogrt.AgentRecord.$Shape} AgentRecord
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): ogrt.AgentRecord & ogrt.AgentRecord.$Shape;
    }

    namespace AgentRecord {

        /** Properties of an AgentRecord. */
        interface $Properties {

            /** AgentRecord sequence */
            sequence: (number|Long);

            /** AgentRecord start */
            start?: (Uint8Array|null);

            /** AgentRecord end */
            end?: (Uint8Array|null);

            /** AgentRecord objects */
            objects?: (number|null);

            /** AgentRecord observed_by */
            observed_by: ogrt.ObservedBy;

            /** AgentRecord attested */
            attested?: (ogrt.Attested.$Properties|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of an AgentRecord. */
        type $Shape = ogrt.AgentRecord.$Properties;
    }

    /**
     * Properties of an Attested.
     * @deprecated Use ogrt.Attested.$Properties instead.
     */
    interface IAttested extends ogrt.Attested.$Properties {
    }

    /** Represents an Attested. */
    class Attested {

        /**
         * Constructs a new Attested.
         * @param [properties] Properties to set
         */
        constructor(properties?: ogrt.Attested.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Attested uid. */
        uid: number;

        /** Attested gid. */
        gid: number;

        /** Attested pid. */
        pid: number;

        /** Attested pid_namespace. */
        pid_namespace: (number|Long);

        /** Attested inner_pid. */
        inner_pid: number;

        /** Attested cgroup. */
        cgroup: Uint8Array;

        /** Attested existed. */
        existed: boolean;

        /** Attested ended_by. */
        ended_by: ogrt.Attested.EndedBy;

        /** Attested exit_status. */
        exit_status: number;

        /** Attested exit_signal. */
        exit_signal: number;

        /** Attested core_dumped. */
        core_dumped: boolean;

        /** Attested user_us. */
        user_us: (number|Long);

        /** Attested system_us. */
        system_us: (number|Long);

        /** Attested peak_rss_kb. */
        peak_rss_kb: (number|Long);

        /** Attested read_bytes. */
        read_bytes: (number|Long);

        /** Attested written_bytes. */
        written_bytes: (number|Long);

        /** Attested threads. */
        threads: number;

        /** Attested is_lower_bound. */
        is_lower_bound: boolean;

        /** Attested forks. */
        forks?: (ogrt.Forks.$Properties|null);

        /**
         * Encodes the specified Attested message. Does not implicitly {@link ogrt.Attested.verify|verify} messages.
         * @param message Attested message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: ogrt.Attested.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes an Attested message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {ogrt.Attested & ogrt.Attested.$Shape} Attested
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): ogrt.Attested & ogrt.Attested.$Shape;
    }

    namespace Attested {

        /** Properties of an Attested. */
        interface $Properties {

            /** Attested uid */
            uid?: (number|null);

            /** Attested gid */
            gid?: (number|null);

            /** Attested pid */
            pid?: (number|null);

            /** Attested pid_namespace */
            pid_namespace?: (number|Long|null);

            /** Attested inner_pid */
            inner_pid?: (number|null);

            /** Attested cgroup */
            cgroup?: (Uint8Array|null);

            /** Attested existed */
            existed?: (boolean|null);

            /** Attested ended_by */
            ended_by?: (ogrt.Attested.EndedBy|null);

            /** Attested exit_status */
            exit_status?: (number|null);

            /** Attested exit_signal */
            exit_signal?: (number|null);

            /** Attested core_dumped */
            core_dumped?: (boolean|null);

            /** Attested user_us */
            user_us?: (number|Long|null);

            /** Attested system_us */
            system_us?: (number|Long|null);

            /** Attested peak_rss_kb */
            peak_rss_kb?: (number|Long|null);

            /** Attested read_bytes */
            read_bytes?: (number|Long|null);

            /** Attested written_bytes */
            written_bytes?: (number|Long|null);

            /** Attested threads */
            threads?: (number|null);

            /** Attested is_lower_bound */
            is_lower_bound?: (boolean|null);

            /** Attested forks */
            forks?: (ogrt.Forks.$Properties|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of an Attested. */
        type $Shape = ogrt.Attested.$Properties;

        /** EndedBy enum. */
        enum EndedBy {

            /** EXIT value */
            EXIT = 1,

            /** EXEC value */
            EXEC = 2,

            /** LOST value */
            LOST = 3
        }
    }

    /**
     * Properties of a Forks.
     * @deprecated Use ogrt.Forks.$Properties instead.
     */
    interface IForks extends ogrt.Forks.$Properties {
    }

    /** Represents a Forks. */
    class Forks {

        /**
         * Constructs a new Forks.
         * @param [properties] Properties to set
         */
        constructor(properties?: ogrt.Forks.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** Forks ended. */
        ended: (number|Long);

        /** Forks killed. */
        killed: (number|Long);

        /** Forks failed. */
        failed: (number|Long);

        /** Forks user_us. */
        user_us: (number|Long);

        /** Forks system_us. */
        system_us: (number|Long);

        /**
         * Encodes the specified Forks message. Does not implicitly {@link ogrt.Forks.verify|verify} messages.
         * @param message Forks message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: ogrt.Forks.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes a Forks message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {ogrt.Forks & ogrt.Forks.$Shape} Forks
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): ogrt.Forks & ogrt.Forks.$Shape;
    }

    namespace Forks {

        /** Properties of a Forks. */
        interface $Properties {

            /** Forks ended */
            ended?: (number|Long|null);

            /** Forks killed */
            killed?: (number|Long|null);

            /** Forks failed */
            failed?: (number|Long|null);

            /** Forks user_us */
            user_us?: (number|Long|null);

            /** Forks system_us */
            system_us?: (number|Long|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of a Forks. */
        type $Shape = ogrt.Forks.$Properties;
    }

    /**
     * Properties of an AgentAcknowledgement.
     * @deprecated Use ogrt.AgentAcknowledgement.$Properties instead.
     */
    interface IAgentAcknowledgement extends ogrt.AgentAcknowledgement.$Properties {
    }

    /** Represents an AgentAcknowledgement. */
    class AgentAcknowledgement {

        /**
         * Constructs a new AgentAcknowledgement.
         * @param [properties] Properties to set
         */
        constructor(properties?: ogrt.AgentAcknowledgement.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** AgentAcknowledgement sequence. */
        sequence: (number|Long);

        /**
         * Encodes the specified AgentAcknowledgement message. Does not implicitly {@link ogrt.AgentAcknowledgement.verify|verify} messages.
         * @param message AgentAcknowledgement message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: ogrt.AgentAcknowledgement.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes an AgentAcknowledgement message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {ogrt.AgentAcknowledgement & ogrt.AgentAcknowledgement.$Shape} AgentAcknowledgement
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): ogrt.AgentAcknowledgement & ogrt.AgentAcknowledgement.$Shape;
    }

    namespace AgentAcknowledgement {

        /** Properties of an AgentAcknowledgement. */
        interface $Properties {

            /** AgentAcknowledgement sequence */
            sequence: (number|Long);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of an AgentAcknowledgement. */
        type $Shape = ogrt.AgentAcknowledgement.$Properties;
    }

    /**
     * Properties of an AgentHeartbeat.
     * @deprecated Use ogrt.AgentHeartbeat.$Properties instead.
     */
    interface IAgentHeartbeat extends ogrt.AgentHeartbeat.$Properties {
    }

    /** Represents an AgentHeartbeat. */
    class AgentHeartbeat {

        /**
         * Constructs a new AgentHeartbeat.
         * @param [properties] Properties to set
         */
        constructor(properties?: ogrt.AgentHeartbeat.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** AgentHeartbeat running_s. */
        running_s: (number|Long);

        /** AgentHeartbeat records. */
        records: (number|Long);

        /** AgentHeartbeat spooled_records. */
        spooled_records: (number|Long);

        /** AgentHeartbeat spooled_bytes. */
        spooled_bytes: (number|Long);

        /** AgentHeartbeat lost. */
        lost: ogrt.AgentLoss.$Properties[];

        /**
         * Encodes the specified AgentHeartbeat message. Does not implicitly {@link ogrt.AgentHeartbeat.verify|verify} messages.
         * @param message AgentHeartbeat message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: ogrt.AgentHeartbeat.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes an AgentHeartbeat message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {ogrt.AgentHeartbeat & ogrt.AgentHeartbeat.$Shape} AgentHeartbeat
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): ogrt.AgentHeartbeat & ogrt.AgentHeartbeat.$Shape;
    }

    namespace AgentHeartbeat {

        /** Properties of an AgentHeartbeat. */
        interface $Properties {

            /** AgentHeartbeat running_s */
            running_s: (number|Long);

            /** AgentHeartbeat records */
            records: (number|Long);

            /** AgentHeartbeat spooled_records */
            spooled_records: (number|Long);

            /** AgentHeartbeat spooled_bytes */
            spooled_bytes: (number|Long);

            /** AgentHeartbeat lost */
            lost?: (ogrt.AgentLoss.$Properties[]|null);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of an AgentHeartbeat. */
        type $Shape = ogrt.AgentHeartbeat.$Properties;
    }

    /**
     * Properties of an AgentLoss.
     * @deprecated Use ogrt.AgentLoss.$Properties instead.
     */
    interface IAgentLoss extends ogrt.AgentLoss.$Properties {
    }

    /** Represents an AgentLoss. */
    class AgentLoss {

        /**
         * Constructs a new AgentLoss.
         * @param [properties] Properties to set
         */
        constructor(properties?: ogrt.AgentLoss.$Properties);

        /** Unknown fields preserved while decoding when enabled */
        $unknowns?: Uint8Array[];

        /** AgentLoss reason. */
        reason: Uint8Array;

        /** AgentLoss count. */
        count: (number|Long);

        /**
         * Encodes the specified AgentLoss message. Does not implicitly {@link ogrt.AgentLoss.verify|verify} messages.
         * @param message AgentLoss message or plain object to encode
         * @param [writer] Writer to encode to
         * @returns Writer
         */
        static encode(message: ogrt.AgentLoss.$Properties, writer?: $protobuf.Writer): $protobuf.Writer;

        /**
         * Decodes an AgentLoss message from the specified reader or buffer.
         * @param reader Reader or buffer to decode from
         * @param [length] Message length if known beforehand
         * @returns {ogrt.AgentLoss & ogrt.AgentLoss.$Shape} AgentLoss
         * @throws {Error} If the payload is not a reader or valid buffer
         * @throws {$protobuf.util.ProtocolError} If required fields are missing
         */
        static decode(reader: ($protobuf.Reader|Uint8Array), length?: number): ogrt.AgentLoss & ogrt.AgentLoss.$Shape;
    }

    namespace AgentLoss {

        /** Properties of an AgentLoss. */
        interface $Properties {

            /** AgentLoss reason */
            reason: Uint8Array;

            /** AgentLoss count */
            count: (number|Long);

            /** Unknown fields preserved while decoding when enabled */
            $unknowns?: Uint8Array[];
        }

        /** Shape of an AgentLoss. */
        type $Shape = ogrt.AgentLoss.$Properties;
    }
}
