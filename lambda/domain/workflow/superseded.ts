/** Something newer has taken over: whoever meets this changes nothing any more, and has nothing to report. */
export class Superseded extends Error {
  /** @param said what shows that */
  constructor(said: string) {
    super(said);
    this.name = 'Superseded';
  }
}
