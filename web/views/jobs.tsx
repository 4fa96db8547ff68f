import { JOBS } from "../../lib/lists/jobs.js";
import { given, type ViewProps } from "../base/router.js";
import { FilterForm } from "../parts/filter-form.js";
import { List } from "../parts/list.js";
import { View } from "../parts/view.js";

/** The list of jobs. */
export const Jobs = ({ place }: ViewProps) => (
  <View title="Jobs">
    <FilterForm
      place={place}
      fields={{
        user: "User",
        host: "Host",
        module: "Module",
        used: "Used",
        alsoUsed: "Also used",
        notUsed: "Not used",
        ...(place.query.has("cluster") && { cluster: "Cluster" }),
      }}
    />
    <List
      list={JOBS}
      question={{
        ...given(place.query, "cluster", "user", "host", "module", "used", "alsoUsed", "notUsed"),
        ...place.range.question,
      }}
      place={place}
      title="Jobs, last use first"
      nothing="No process of such a job was received"
    />
  </View>
);
