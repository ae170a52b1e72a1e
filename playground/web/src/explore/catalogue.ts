/** The example operations of playground/queries, read from their own comments. */

export interface Example {
  readonly name: string;
  readonly group: string;
  readonly title: string;
  readonly description: string;
  readonly query: string;
  /** JSON for the variables editor, or nothing. */
  readonly variables: string;
}

export interface ExampleGroup {
  readonly title: string;
  readonly examples: readonly Example[];
}

/** Groups in the order in which a newcomer has the questions. */
const GROUP_ORDER = ["Start here", "Alarms", "Network", "Subscribers", "People", "Devices and sites", "Operations"];

const NOTE = /^#\s*(group|title|description|variables|recent):\s*(.*)$/;

/** One file: notes of the form `# title: ...` above the operation; notes are no part of what is run. */
export function parseExample(path: string, text: string, now: number = Date.now()): Example {
  const name = path.replace(/^.*\//, "").replace(/\.graphql$/, "");
  const notes: Record<string, string> = {};
  const lines = text.trim().split("\n");
  let head = 0;
  for (; head < lines.length; head += 1) {
    const line = lines[head] ?? "";
    const note = NOTE.exec(line);
    if (note) notes[note[1] ?? ""] = (note[2] ?? "").trim();
    else if (line.trim() !== "") break;
  }
  const { group, title, description, variables, recent } = notes;
  if (!group || !title || !description) throw new Error(`${path} needs the notes group, title and description`);
  return {
    name,
    group,
    title,
    description,
    query: lines.slice(head).join("\n").trim() + "\n",
    variables: variables ? JSON.stringify({ ...JSON.parse(variables), ...instants(recent, now) }, null, 2) : "",
  };
}

/** `# recent: {"from": 6, "to": 0}`: variables that are instants so many hours ago, whatever the file says. */
function instants(recent: string | undefined, now: number): Record<string, string> {
  const hoursAgo = JSON.parse(recent ?? "{}") as Record<string, number>;
  return Object.fromEntries(
    Object.entries(hoursAgo).map(([name, hours]) => [name, new Date(now - hours * 3_600_000).toISOString()]),
  );
}

export function grouped(examples: readonly Example[]): readonly ExampleGroup[] {
  const groups = new Map<string, Example[]>();
  for (const example of examples) groups.set(example.group, [...(groups.get(example.group) ?? []), example]);
  return [...groups]
    .map(([title, members]) => ({ title, examples: members }))
    .sort((a, b) => rank(a.title) - rank(b.title) || a.title.localeCompare(b.title));
}

function rank(group: string): number {
  const index = GROUP_ORDER.indexOf(group);
  return index < 0 ? GROUP_ORDER.length : index;
}

/** Examples that have every typed word in their title, description or operation. */
export function matching(examples: readonly Example[], text: string): readonly Example[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return examples.filter(({ title, description, query }) => {
    const content = `${title} ${description} ${query}`.toLowerCase();
    return words.every((word) => content.includes(word));
  });
}
