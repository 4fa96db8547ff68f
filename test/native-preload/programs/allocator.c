/* A program with its own malloc. Prints how often it was called before main(). */
#include <stddef.h>
#include <unistd.h>

static int ready, early;
static char pool[1 << 20];
static size_t used;

void *malloc(size_t size) {
  if (!ready) early++;
  size = (size + 15) & ~(size_t)15;
  if (used + size > sizeof pool) return NULL;
  used += size;
  return pool + used - size;
}
void free(void *memory) { (void)memory; }
void *calloc(size_t count, size_t size) { return malloc(count * size); }
void *realloc(void *memory, size_t size) { (void)memory; return malloc(size); }

int main(void) {
  const char digit = (char)('0' + early);
  ready = 1;
  return write(1, &digit, 1) != 1;
}
