/** Something newer has taken over: whoever meets this changes nothing any more, and has nothing to report. */
export class Superseded extends Error {
  constructor(executionArn: string) {
    super(`${executionArn} was stopped`);
    this.name = 'Superseded';
  }
}
