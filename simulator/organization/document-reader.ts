/** The form of a text, and an example for whoever got it wrong. */
export interface TextForm {
  readonly form: RegExp;
  readonly example: string;
}

/**
 * Reads one object of a JSON document and notes what is wrong with it, each problem with its path. Reading goes on
 * after a problem, with a harmless value, so that one run finds everything.
 */
export class DocumentReader {
  private readonly members: Readonly<Record<string, unknown>>;
  private readonly read = new Set<string>();

  constructor(value: unknown, private readonly path: string, private readonly problems: string[]) {
    if (!isRecord(value)) this.problems.push(`${path || 'the file'}: expected an object, got ${describe(value)}`);
    this.members = isRecord(value) ? value : {};
  }

  has(name: string): boolean {
    return this.member(name) !== undefined;
  }

  isNull(name: string): boolean {
    return this.member(name) === null;
  }

  text(name: string, { form, example }: TextForm): string {
    const value = this.member(name);
    if (typeof value === 'string' && form.test(value)) return value;
    this.expected(name, `a text like '${example}'`);
    return '';
  }

  flag(name: string): boolean {
    const value = this.member(name);
    if (typeof value === 'boolean') return value;
    this.expected(name, 'true or false');
    return false;
  }

  choice<Choice extends string>(name: string, choices: readonly Choice[]): Choice {
    const value = this.member(name);
    const chosen = choices.find((choice) => choice === value);
    if (chosen === undefined) this.expected(name, `one of ${choices.join(', ')}`);
    return chosen ?? choices[0];
  }

  choices<Choice extends string>(name: string, choices: readonly Choice[]): Choice[] {
    return this.texts(name).flatMap((text, index) => {
      const chosen = choices.find((choice) => choice === text);
      if (chosen === undefined) this.expectedAt(`${this.pathOf(name)}[${index}]`, `one of ${choices.join(', ')}`, text);
      return chosen === undefined ? [] : [chosen];
    });
  }

  texts(name: string): string[] {
    const value = this.member(name);
    if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value;
    this.expected(name, 'a list of texts');
    return [];
  }

  list(name: string): DocumentReader[] {
    const value = this.member(name);
    if (Array.isArray(value)) return value.map((item, index) => new DocumentReader(item, `${this.pathOf(name)}[${index}]`, this.problems));
    this.expected(name, 'a list');
    return [];
  }

  record(name: string): DocumentReader {
    return new DocumentReader(this.member(name), this.pathOf(name), this.problems);
  }

  /** One object where a list of one could stand. */
  listOrRecord(name: string): DocumentReader[] {
    return isRecord(this.member(name)) ? [this.record(name)] : this.list(name);
  }

  recordByKey(): Record<string, DocumentReader> {
    return Object.fromEntries(Object.keys(this.members).map((key) => [key, this.record(key)]));
  }

  listByKey(): Record<string, DocumentReader[]> {
    return Object.fromEntries(Object.keys(this.members).map((key) => [key, this.list(key)]));
  }

  optional(name: string): DocumentReader | undefined {
    return this.has(name) ? this.record(name) : undefined;
  }

  textByKey(): Record<string, string> {
    return Object.fromEntries(Object.keys(this.members).map((key) => [key, this.text(key, { form: /^/, example: 'a text' })]));
  }

  textsByKey(name: string): Record<string, string[]> {
    const reader = this.record(name);
    return Object.fromEntries(Object.keys(reader.members).map((key) => [key, reader.texts(key)]));
  }

  /** The object itself, for content in a language of its own. */
  get content(): Readonly<Record<string, unknown>> {
    return this.members;
  }

  /** What the reader of the document finds out beyond its form. */
  problem(name: string, text: string): void {
    this.problems.push(`${this.pathOf(name)}: ${text}`);
  }

  /** A misspelled member must not go unnoticed. */
  refuseUnread(): void {
    Object.keys(this.members).filter((name) => !this.read.has(name)).forEach((name) => this.problems.push(`${this.pathOf(name)}: unknown member`));
  }

  private member(name: string): unknown {
    this.read.add(name);
    return Object.hasOwn(this.members, name) ? this.members[name] : undefined;
  }

  private expected(name: string, what: string): void {
    this.expectedAt(this.pathOf(name), what, this.member(name));
  }

  private expectedAt(path: string, what: string, value: unknown): void {
    this.problems.push(`${path}: expected ${what}, got ${describe(value)}`);
  }

  private pathOf(name: string): string {
    return this.path === '' ? name : `${this.path}.${name}`;
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function describe(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value);
}
