/** Bytes of a path in `sockaddr_un` without its NUL (unix(7)). */
export const MAX_SOCKET_PATH_BYTES = 107;
