/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * ogrt-run for commands whose server is a numeric address: sets the variables that switch tracking on and becomes the
 * command, which so keeps every descriptor, and starts also where a limit of the address space (ulimit -v) does not let
 * Node.js run. Everything else (help, host names, wrong options, prolog and epilog) is left to the ogrt-run of Node.js.
 */
#include <arpa/inet.h>
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/un.h>
#include <unistd.h>

#include "execute.h"

extern char **environ;

#define DEFAULT_SERVER "udp://127.0.0.1:7971"
#define DEFAULT_PORT "7971"
/* Exit status of tools whose input or server cannot be used. */
enum { COLLECTOR_FOREIGN = 3 };
enum { MAX_PATH_BYTES = 4096, MAX_SERVER_BYTES = 256, MAX_HOST_BYTES = 64 };
enum { MAX_SOCKET_PATH_BYTES = sizeof((struct sockaddr_un *)0)->sun_path - 1 };

static bool starts_with(const char *text, const char *prefix) { return strncmp(text, prefix, strlen(prefix)) == 0; }

/* Below the directory of this program. Returns whether the file exists. */
static bool find_beside(char *path, const char *name) {
  const ssize_t length = readlink("/proc/self/exe", path, MAX_PATH_BYTES - 1);
  if (length <= 0) return false;
  path[length] = '\0';
  char *const end = strrchr(path, '/') + 1;
  const size_t space = MAX_PATH_BYTES - (size_t)(end - path);
  return snprintf(end, space, "%s", name) < (int)space && access(path, R_OK) == 0;
}

static void run_by_node(char **arguments) {
  /* In a release, which has the package of npm in share/ogrt; in that package; and in a build directory. */
  static const char *const PLACES[] = {"../../../../../libexec/ogrt/ogrt-run", "../../../dist/bin/ogrt-run.js",
                                       "../../dist/bin/ogrt-run.js"};
  char path[MAX_PATH_BYTES];
  for (size_t i = 0; i < sizeof PLACES / sizeof *PLACES; i++) {
    if (!find_beside(path, PLACES[i])) continue;
    execv(path, arguments);
    fail(CANNOT_EXECUTE, path, strerror(errno));
  }
  fail(CANNOT_EXECUTE, arguments[0], "the part that needs Node.js is missing");
}

/* Completes a URL of a numeric address or of a socket, as lib/run/server.ts does. Returns false for any other. */
static bool numeric_server(const char *url, char *complete) {
  if (starts_with(url, "unix:///"))
    return strlen(url) - strlen("unix://") <= MAX_SOCKET_PATH_BYTES &&
           snprintf(complete, MAX_SERVER_BYTES, "%s", url) < MAX_SERVER_BYTES;
  if (!starts_with(url, "udp://") && !starts_with(url, "tcp://")) return false;
  const char *const start = url + strlen("udp://");
  const bool wide = *start == '[';
  const size_t length = strcspn(start + wide, wide ? "]" : ":");
  char host[MAX_HOST_BYTES];
  struct in6_addr address;
  if (length >= sizeof host) return false;
  snprintf(host, sizeof host, "%.*s", (int)length, start + wide);
  if (inet_pton(wide ? AF_INET6 : AF_INET, host, &address) != 1) return false;
  const char *port = start + wide + length;
  if (wide && *port++ != ']') return false;
  if (*port == '\0') return snprintf(complete, MAX_SERVER_BYTES, "%s:" DEFAULT_PORT, url) < MAX_SERVER_BYTES;
  const size_t digits = strspn(port + 1, "0123456789");
  if (*port != ':' || digits == 0 || digits > 5 || port[1] == '0' || port[1 + digits] != '\0') return false;
  return atoi(port + 1) <= 65535 && snprintf(complete, MAX_SERVER_BYTES, "%s", url) < MAX_SERVER_BYTES;
}

/* Root, services, dynamic users of systemd, and users that a user namespace does not know (lib/files/port-owner.ts). */
static bool is_other_person(unsigned long user) {
  return user >= 1000 && (user < 61184 || user > 65535) && user != getuid();
}

/* Whether a table of proc_pid_net(5) has sockets at an address; sets an owner who is another person. */
static bool find_owner(const char *table, const char *address, unsigned long *owner) {
  enum { LOCAL_ADDRESS = 1, USER = 7 };
  FILE *const file = fopen(table, "re");
  char line[512];
  bool is_found = false;
  while (file != NULL && fgets(line, sizeof line, file) != NULL) {
    const char *field = strtok(line, " ");
    for (int i = 0; i < LOCAL_ADDRESS && field != NULL; i++) field = strtok(NULL, " ");
    if (field == NULL || strcmp(field, address) != 0) continue;
    for (int i = LOCAL_ADDRESS; i < USER && field != NULL; i++) field = strtok(NULL, " ");
    if (field == NULL) continue;
    is_found = true;
    const unsigned long user = strtoul(field, NULL, 10);
    if (is_other_person(user)) *owner = user;
  }
  if (file != NULL) fclose(file);
  return is_found;
}

/* Reports are for the default server only as long as it does not belong to another person. */
static void refuse_other_person(void) {
  char loopback[40], any[40], any_ipv6[40], line[256];
  const int port = atoi(DEFAULT_PORT);
  unsigned long owner = 0;
  snprintf(loopback, sizeof loopback, "%08X:%04X", htonl(INADDR_LOOPBACK), port);
  snprintf(any, sizeof any, "%08X:%04X", 0, port);
  snprintf(any_ipv6, sizeof any_ipv6, "%032X:%04X", 0, port);
  /* The kernel prefers the socket with the most specific address. */
  if (!find_owner("/proc/self/net/udp", loopback, &owner) && !find_owner("/proc/self/net/udp", any, &owner))
    find_owner("/proc/self/net/udp6", any_ipv6, &owner);
  if (owner == 0) return;
  snprintf(line, sizeof line,
           "this default server belongs to another user (uid %lu), who would learn what the command runs; "
           "name a server with --server or OGRT_SERVER",
           owner);
  fail(COLLECTOR_FOREIGN, DEFAULT_SERVER, line);
}

/* The library that OGRT_PRELOAD names, or the one beside this program. LD_PRELOAD cannot quote spaces and colons. */
static bool find_library(char *path) {
  const char *const chosen = getenv("OGRT_PRELOAD");
  bool found;
  if (chosen != NULL && *chosen != '\0')
    found = *chosen == '/' && snprintf(path, MAX_PATH_BYTES, "%s", chosen) < MAX_PATH_BYTES && access(path, F_OK) == 0;
  else
    found = find_beside(path, "libogrt.so");
  return found && strpbrk(path, " :\t\n\v\f\r") == NULL;
}

/* Puts the library before the others that LD_PRELOAD names, once. */
static bool set_preload(const char *library) {
  const char *const before = getenv("LD_PRELOAD");
  char *const list = malloc(strlen(library) + (before == NULL ? 0 : strlen(before)) + 2);
  char *const others = before == NULL ? NULL : strdup(before);
  if (list == NULL || (before != NULL && others == NULL)) return false;
  strcpy(list, library);
  for (char *entry = others == NULL ? NULL : strtok(others, ": "); entry != NULL; entry = strtok(NULL, ": ")) {
    if (strcmp(entry, library) != 0) strcat(strcat(list, ":"), entry);
  }
  return setenv("LD_PRELOAD", list, 1) == 0;
}

int main(int count, char **arguments) {
  const char *url = getenv("OGRT_SERVER"), *job = NULL;
  int at = 1;
  for (; at < count && arguments[at][0] == '-'; at++) {
    if (strcmp(arguments[at], "--") == 0) {
      at++;
      break;
    }
    const char **value = NULL;
    if (starts_with(arguments[at], "--server")) value = &url;
    if (starts_with(arguments[at], "--job")) value = &job;
    const char *rest = arguments[at] + (value == &url ? strlen("--server") : strlen("--job"));
    if (value == NULL || (*rest != '=' && (*rest != '\0' || at + 2 >= count))) run_by_node(arguments);
    *value = *rest == '=' ? rest + 1 : arguments[++at];
  }
  char library[MAX_PATH_BYTES], server[MAX_SERVER_BYTES];
  const bool is_default = url == NULL || *url == '\0';
  if (is_default) url = DEFAULT_SERVER;
  if (at >= count || !numeric_server(url, server) || !find_library(library)) run_by_node(arguments);
  if (is_default) refuse_other_person();
  if (!set_preload(library) || setenv("OGRT_ACTIVE", "1", 1) != 0 || setenv("OGRT_SERVER", server, 1) != 0 ||
      (job != NULL && setenv("OGRT_JOB_ID", job, 1) != 0)) {
    fail(CANNOT_EXECUTE, arguments[at], "out of memory");
  }
  execute(arguments + at, environ);
}
