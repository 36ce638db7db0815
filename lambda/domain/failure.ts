/** What went wrong, in the three parts that a person can act on. Each part is a phrase without a full stop. */
export class Failure extends Error {
  constructor(
    /** What was asked for. */
    readonly asked: string,
    /** What AWS said or what was found instead. */
    readonly said: string,
    /** What to do now. */
    readonly next: string,
  ) {
    super(`${asked} failed: ${said}. Next: ${next}.`);
    this.name = 'Failure';
  }
}
