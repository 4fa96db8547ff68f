import { JOBS } from "../../lib/lists/jobs.js";
import { address, given, navigate, type ViewProps } from "../base/router.js";
import { Field, Form } from "../parts/form.js";
import { List } from "../parts/list.js";
import { SpanForm } from "../parts/span-form.js";
import { View } from "../parts/view.js";

/** The list of jobs, and a field that opens a job by its id. */
export const Jobs = ({ place }: ViewProps) => (
  <View title="Jobs">
    <Form
      class="filters"
      onSubmit={({ id }) => {
        if (id !== "") navigate(address("/job", { id }));
      }}
    >
      <Field name="id" label="Job id" required />
      <div class="actions">
        <button type="submit">Open</button>
      </div>
    </Form>
    <SpanForm place={place} fields={{ user: "User", host: "Host" }} />
    <List
      list={JOBS}
      question={given(place.query, "user", "host", "since", "until")}
      place={place}
      title="Jobs, last use first"
      nothing="No process of such a job was received"
    />
  </View>
);
