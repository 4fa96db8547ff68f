/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reads the headers, section names and notes of a file with libelf, for comparison. Prints the best time in µs. */
#include <fcntl.h>
#include <gelf.h>
#include <libelf.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

static size_t read_all(const char *path)
{
	size_t seen = 0;
	int fd = open(path, O_RDONLY);
	Elf *elf = elf_begin(fd, ELF_C_READ, NULL);
	size_t names = 0;
	elf_getshdrstrndx(elf, &names);
	for (Elf_Scn *section = NULL; (section = elf_nextscn(elf, section)) != NULL;) {
		GElf_Shdr header;
		gelf_getshdr(section, &header);
		seen += elf_strptr(elf, names, header.sh_name) != NULL;
		if (header.sh_type != SHT_NOTE)
			continue;
		Elf_Data *data = elf_getdata(section, NULL);
		GElf_Nhdr note;
		size_t name, descriptor;
		for (size_t at = 0; data != NULL && (at = gelf_getnote(data, at, &note, &name, &descriptor)) > 0;)
			seen++;
	}
	elf_end(elf);
	close(fd);
	return seen;
}

int main(int argc, char **argv)
{
	if (argc < 3)
		return 2;
	elf_version(EV_CURRENT);
	int rounds = atoi(argv[2]);
	double best = 1e9;
	size_t seen = 0;
	for (int repeat = 0; repeat < 300; repeat++) {
		struct timespec before, after;
		clock_gettime(CLOCK_MONOTONIC, &before);
		for (int round = 0; round < rounds; round++)
			seen += read_all(argv[1]);
		clock_gettime(CLOCK_MONOTONIC, &after);
		double each = ((after.tv_sec - before.tv_sec) * 1e9 + (after.tv_nsec - before.tv_nsec)) / rounds;
		if (each < best)
			best = each;
	}
	printf("%.1f\n", best / 1000);
	return seen == 0;
}
