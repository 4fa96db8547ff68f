/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../base/system.h"
#include "../wire/fields.h"
#include "datum.h"

/* Process ids are positive, so these int32 fields need no sign extension. */
void put_ids(struct writer *to, const struct context *context) {
  put_number(to, PROCESS_START_PID, (uint32_t)context->process_id);
  put_number(to, PROCESS_START_PARENT_PID, (uint32_t)context->parent_id);
#if !OGRT_CONFIG_COMPAT_0_5
  const struct auxiliary *auxiliary = &context->auxiliary;
  const bool has_ids = auxiliary->has_ids;
  put_number(to, PROCESS_START_UID, has_ids ? auxiliary->uid : system_user_id());
  put_number(to, PROCESS_START_GID, has_ids ? auxiliary->gid : system_group_id());
  put_number(to, PROCESS_START_EUID, has_ids ? auxiliary->euid : system_effective_user_id());
  put_number(to, PROCESS_START_EGID, has_ids ? auxiliary->egid : system_effective_group_id());
#endif
}
