import { LogEvent } from './log-event';

/** The log of one execution environment: nothing is kept of it if the role of the function may not write logs. */
export class LogStream {
  private isPermitted?: boolean;
  private readonly early: LogEvent[] = [];

  constructor(permission: Promise<boolean>, private readonly write: (event: LogEvent) => void) {
    void permission.then((isPermitted) => {
      this.isPermitted = isPermitted;
      this.early.splice(0).forEach((event) => this.append(event));
    });
  }

  append(event: LogEvent): void {
    if (this.isPermitted === undefined) {
      this.early.push(event);
    } else if (this.isPermitted) {
      this.write(event);
    }
  }
}
