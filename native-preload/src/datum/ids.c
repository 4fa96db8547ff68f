/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "../base/system.h"
#include "../wire/fields.h"
#include "datum.h"

/* proto2 int32: negative numbers would be sign-extended, but process ids are positive. */
void put_ids(struct writer *to, const struct context *context) {
  put_number(to, PROCESS_START_PID, (uint32_t)context->process_id);
  put_number(to, PROCESS_START_PARENT_PID, (uint32_t)context->parent_id);
#if !OGRT_CONFIG_COMPAT_0_5
  const struct auxiliary *known = &context->auxiliary;
  const bool has_ids = known->has_ids;
  put_number(to, PROCESS_START_UID, has_ids ? known->uid : system_user_id());
  put_number(to, PROCESS_START_GID, has_ids ? known->gid : system_group_id());
  put_number(to, PROCESS_START_EUID, has_ids ? known->euid : system_effective_user_id());
  put_number(to, PROCESS_START_EGID, has_ids ? known->egid : system_effective_group_id());
#endif
}
