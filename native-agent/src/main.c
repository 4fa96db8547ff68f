/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * ogrt-agent: what runs on this host, from the kernel's own view. docs/reference/agent.md is the manual.
 */
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "agent.h"
#include "check.h"
#include "delivery/enrol.h"

enum {
  EXIT_USAGE = 2,
  EXIT_INPUT = 3,
  MAX_RULES_BYTES = 1 << 20,
  NOBODY = 65534,
  DEFAULT_SPOOL_MIB = 256,
  MIN_SPOOL_MIB = 8,
  MAX_SPOOL_MIB = 1 << 20,
};

static const char HELP[] =
    "Usage: ogrt-agent --print [--user NAME] [--job-rules FILE]\n"
    "       ogrt-agent --deliver --collector ADDRESS --token FILE [--spool DIR] [--spool-limit MIB]\n"
    "                  [--node NAME] [--authorities FILE] [--user NAME] [--job-rules FILE]\n"
    "       ogrt-agent --enrol FILE [--node NAME]\n"
    "       ogrt-agent --check [--json]\n"
    "\n"
    "Sees every process of this host by the kernel's own records.\n"
    "\n"
    "  --print            print one start and one end of each process image, as lines of JSON\n"
    "  --deliver          deliver the same to a collector, exactly once\n"
    "  --collector ADDRESS\n"
    "                     unix:PATH, tls:HOST:PORT, or HOST:PORT of a loopback address; of several,\n"
    "                     one is chosen at random, and another one when it is gone\n"
    "  --token FILE       the token of this node\n"
    "  --spool DIR        directory for records that are not delivered (/var/spool/ogrt-agent)\n"
    "  --spool-limit MIB  size of that directory (256)\n"
    "  --node NAME        name of this node, instead of its host name\n"
    "  --authorities FILE PEM file of the authorities that certify collectors, instead of the system's\n"
    "  --enrol FILE       make a token, write it to a new file, and print the line for agents.nodes of\n"
    "                     the collectors\n"
    "  --check            print what this kernel offers, and what would be missing; exit code 1 if\n"
    "                     something that is required is\n"
    "  --json             print the check as JSON\n"
    "  --user NAME        become this user after the start, instead of nobody (number 65534)\n"
    "  --job-rules FILE   how the job of a process is found, instead of the rules that\n"
    "                     --print-job-rules prints\n"
    "  --print-job-rules  print the rules that are compiled in\n"
    "  --version          print the version\n"
    "  --help             print this text\n";

/* fgetpwent(3) asks no name service, which a static program cannot. */
static bool find_user(const char *name, struct settings *settings) {
  FILE *file = fopen("/etc/passwd", "re");
  const struct passwd *entry = NULL;
  while (file != NULL && (entry = fgetpwent(file)) != NULL && strcmp(entry->pw_name, name) != 0) continue;
  if (entry != NULL) {
    settings->user = entry->pw_uid;
    settings->group = entry->pw_gid;
  }
  if (file != NULL) fclose(file);
  return entry != NULL;
}

/* The text of a file, NUL-terminated, or NULL with errno. */
static char *read_rules(const char *path) {
  char *text = malloc(MAX_RULES_BYTES + 1);
  const int fd = open(path, O_RDONLY | O_CLOEXEC);
  ssize_t size = -1;
  if (fd >= 0 && text != NULL) size = read(fd, text, MAX_RULES_BYTES + 1);
  if (fd >= 0) close(fd);
  if (size < 0 || size > MAX_RULES_BYTES) {
    if (size > MAX_RULES_BYTES) errno = EFBIG;
    free(text);
    return NULL;
  }
  text[size] = '\0';
  return text;
}

static const struct job_rules *load_rules(const char *path) {
  unsigned line;
  char *text = path == NULL ? NULL : read_rules(path);
  if (path != NULL && text == NULL) {
    fprintf(stderr, "ogrt-agent: cannot read %s: %s\n", path, strerror(errno));
    return NULL;
  }
  const struct job_rules *rules = job_rules_parse(text == NULL ? job_rules_default : text, &line);
  if (rules == NULL) fprintf(stderr, "ogrt-agent: %s:%u is not a rule\n", path == NULL ? "job-rules.conf" : path, line);
  free(text);
  return rules;
}

enum mode { MODE_NONE, MODE_PRINT, MODE_DELIVER, MODE_ENROL, MODE_CHECK, MODE_RULES };

static struct delivery_settings delivery = {.spool = "/var/spool/ogrt-agent",
                                            .spool_limit = (off_t)DEFAULT_SPOOL_MIB << 20};

/* The collector takes letters, digits, dots, hyphens and underscores. */
static bool set_node(const char *name) {
  const size_t size = strlen(name);
  const char *const letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_";
  if (size == 0 || size >= sizeof delivery.node || strspn(name, letters) != size) return false;
  memcpy(delivery.node, name, size + 1);
  return true;
}

static bool add_collector(const char *text) {
  struct address *address = &delivery.collectors[delivery.collector_count];
  if (delivery.collector_count >= MAX_COLLECTORS) {
    fprintf(stderr, "ogrt-agent: more than %d collectors\n", MAX_COLLECTORS);
    return false;
  }
  if (!address_parse(text, address)) {
    fprintf(stderr, "ogrt-agent: %s is not unix:PATH, tls:HOST:PORT, or HOST:PORT of a loopback address\n", text);
    return false;
  }
  if (address->kind == TRANSPORT_TLS && !transport_has_tls()) {
    fputs("ogrt-agent: this agent was built without TLS: make tls\n", stderr);
    return false;
  }
  delivery.collector_count++;
  return true;
}

static bool set_spool_limit(const char *text) {
  char *end;
  const long limit = strtol(text, &end, 10);
  if (*end != '\0' || limit < MIN_SPOOL_MIB || limit > MAX_SPOOL_MIB) return false;
  delivery.spool_limit = (off_t)limit << 20;
  return true;
}

/* The options of --deliver and --enrol. Returns an exit code. */
static int take_delivery_option(int option, const char *value, const char **token) {
  switch (option) {
    case 'C': return add_collector(value) ? 0 : EXIT_USAGE;
    case 't': *token = value; return 0;
    case 's': delivery.spool = value; return 0;
    case 'a': delivery.authorities = value; return 0;
    case 'l':
      if (set_spool_limit(value)) return 0;
      fprintf(stderr, "ogrt-agent: --spool-limit: %s is not between %d and %d\n", value, MIN_SPOOL_MIB, MAX_SPOOL_MIB);
      return EXIT_USAGE;
    default:
      if (set_node(value)) return 0;
      fprintf(stderr, "ogrt-agent: %s is not the name of a node\n", value);
      return EXIT_USAGE;
  }
}

static int run(enum mode mode, bool as_json, const char *rules, struct settings *settings) {
  if (mode == MODE_CHECK) return run_check(as_json);
  if (mode == MODE_RULES) return fputs(job_rules_default, stdout) < 0 || fflush(stdout) != 0;
  settings->rules = load_rules(rules);
  return settings->rules == NULL ? EXIT_INPUT : run_agent(settings);
}

int main(int count, char **arguments) {
  static const struct option options[] = {
      {"print", no_argument, NULL, 'p'},           {"check", no_argument, NULL, 'c'},
      {"deliver", no_argument, NULL, 'd'},         {"collector", required_argument, NULL, 'C'},
      {"token", required_argument, NULL, 't'},     {"spool", required_argument, NULL, 's'},
      {"node", required_argument, NULL, 'n'},      {"spool-limit", required_argument, NULL, 'l'},
      {"enrol", required_argument, NULL, 'e'},     {"authorities", required_argument, NULL, 'a'},
      {"json", no_argument, NULL, 'j'},            {"user", required_argument, NULL, 'u'},
      {"job-rules", required_argument, NULL, 'r'}, {"print-job-rules", no_argument, NULL, 'R'},
      {"version", no_argument, NULL, 'v'},         {"help", no_argument, NULL, 'h'},
      {0},
  };
  struct settings settings = {.user = NOBODY, .group = NOBODY};
  const char *rules = NULL, *token = NULL, *enrolled = NULL;
  struct utsname host;
  if (uname(&host) == 0) set_node(host.nodename);
  enum mode mode = MODE_NONE;
  bool as_json = false;
  for (int option; (option = getopt_long(count, arguments, "", options, NULL)) != -1;) {
    switch (option) {
      case 'p': mode = MODE_PRINT; break;
      case 'c': mode = MODE_CHECK; break;
      case 'd': mode = MODE_DELIVER; break;
      case 'e':
        mode = MODE_ENROL;
        enrolled = optarg;
        break;
      case 'C': case 't': case 's': case 'a': case 'l': case 'n': {
        const int status = take_delivery_option(option, optarg, &token);
        if (status != 0) return status;
        break;
      }
      case 'R': mode = MODE_RULES; break;
      case 'j': as_json = true; break;
      case 'r': rules = optarg; break;
      case 'u':
        if (find_user(optarg, &settings)) break;
        fprintf(stderr, "ogrt-agent: there is no user %s in /etc/passwd\n", optarg);
        return EXIT_INPUT;
      case 'v': return puts(OGRT_AGENT_VERSION) < 0;
      case 'h': return fputs(HELP, stdout) < 0;
      default: return EXIT_USAGE;
    }
  }
  const bool is_complete = mode != MODE_DELIVER || (token != NULL && delivery.collector_count > 0);
  if (mode == MODE_NONE || optind < count || !is_complete) {
    fputs(HELP, stderr);
    return EXIT_USAGE;
  }
  if ((mode == MODE_DELIVER || mode == MODE_ENROL) && delivery.node[0] == '\0') {
    fputs("ogrt-agent: the host name is not the name of a node: use --node\n", stderr);
    return EXIT_USAGE;
  }
  if (mode == MODE_ENROL) return enrol(enrolled, delivery.node);
  if (mode == MODE_DELIVER) {
    const int status = read_token(token, delivery.token, sizeof delivery.token);
    if (status != 0) return status;
    settings.delivery = &delivery;
  }
  return run(mode, as_json, rules, &settings);
}
