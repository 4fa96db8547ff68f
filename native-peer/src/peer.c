// SPDX-License-Identifier: GPL-3.0-or-later
/*
 * A function for Node.js, which cannot ask for SO_PEERCRED: the uid of the process that connected to a unix socket, as the
 * kernel noted it at connect (unix(7)).
 *
 * Node-API is a stable C interface that the node binary exports. The few declarations below spare its headers, which
 * distributions ship apart from node: https://nodejs.org/api/n-api.html
 */
#include <stddef.h>
#include <stdint.h>
#include <sys/socket.h>

typedef struct napi_env__ *napi_env;
typedef struct napi_value__ *napi_value;
typedef struct napi_callback_info__ *napi_callback_info;
typedef napi_value (*napi_callback)(napi_env env, napi_callback_info info);

/* Each returns 0 (napi_ok) or an error. */
int napi_get_cb_info(napi_env env, napi_callback_info info, size_t *argc, napi_value *argv, napi_value *self, void **data);
int napi_get_value_int32(napi_env env, napi_value value, int32_t *result);
int napi_create_int64(napi_env env, int64_t value, napi_value *result);
int napi_create_function(napi_env env, const char *name, size_t length, napi_callback callback, void *data,
                         napi_value *result);

#define EXPORT __attribute__((visibility("default")))
/* Node-API version 3 has all of the above, and threads. */
EXPORT int32_t node_api_module_get_api_version_v1(void);
EXPORT napi_value napi_register_module_v1(napi_env env, napi_value exports);

/* peerUid(descriptor): the uid, or -1 when it is not a connected unix socket. */
static napi_value peer_uid(napi_env env, napi_callback_info info) {
  napi_value argument = NULL, result = NULL;
  size_t count = 1;
  int32_t descriptor = -1;
  int64_t uid = -1;
  if (napi_get_cb_info(env, info, &count, &argument, NULL, NULL) == 0 && count >= 1 &&
      napi_get_value_int32(env, argument, &descriptor) == 0) {
    struct ucred peer;
    socklen_t size = sizeof peer;
    /* Other sockets have no peer with a uid. */
    if (getsockopt(descriptor, SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0 && size == sizeof peer &&
        peer.uid != (uid_t)-1) {
      uid = peer.uid;
    }
  }
  return napi_create_int64(env, uid, &result) == 0 ? result : NULL;
}

int32_t node_api_module_get_api_version_v1(void) { return 3; }

napi_value napi_register_module_v1(napi_env env, napi_value exports) {
  napi_value function = NULL;
  return napi_create_function(env, "peerUid", 7, peer_uid, NULL, &function) == 0 ? function : exports;
}
