/** Waits for the first of several things that end a wait, and then for none of them. */
export class Pending<Answer> {
  readonly answer: Promise<Answer>;
  private resolve!: (answer: Answer) => void;
  private readonly clean: (() => void)[] = [];

  constructor() {
    this.answer = new Promise((resolve) => { this.resolve = resolve; });
  }

  /** The first answer counts. */
  give(answer: Answer): void {
    for (const cleanUp of this.clean.splice(0)) cleanUp();
    this.resolve(answer);
  }

  whenOver(cleanUp: () => void): void {
    this.clean.push(cleanUp);
  }
}
