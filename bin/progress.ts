import { WriteStream } from 'node:tty';
import { SingleBar } from 'cli-progress';
import { StackEvent } from '../simulator/cloudformation/stack-event';
import { eventLine } from '../simulator/report/events';

/** Shows how deployments go, event by event. */
export interface Progress {
  event(event: StackEvent): void;
  /** Leaves the terminal as it was. */
  stop(): void;
}

export interface ProgressOptions {
  readonly resourceCounts: ReadonlyMap<string, number>;
  /** Lines of logs stand in between. */
  readonly withLogs: boolean;
}

/** A bar for each deployment on a terminal, a line for each event elsewhere and among logs. */
export function progressOn(stream: NodeJS.WriteStream, start: Date, { resourceCounts, withLogs }: ProgressOptions): Progress {
  return (stream as Partial<WriteStream>).isTTY && !withLogs ? new Bars(stream, start, resourceCounts) : new Lines(stream, start);
}

class Lines implements Progress {
  constructor(private readonly stream: NodeJS.WritableStream, private readonly start: Date) {}

  event(event: StackEvent): void {
    this.stream.write(`${eventLine(event, this.start)}\n`);
  }

  stop(): void {}
}

const STACK = 'AWS::CloudFormation::Stack';

class Bars implements Progress {
  private bar?: SingleBar;
  private readonly ended = new Set<string>();

  constructor(
    private readonly stream: NodeJS.WriteStream,
    private readonly start: Date,
    private readonly resourceCounts: ReadonlyMap<string, number>,
  ) {}

  event(event: StackEvent): void {
    this.bar ??= this.begin(event);
    const isEnded = !event.status.endsWith('_IN_PROGRESS');
    if (event.type === STACK && event.logicalId === event.stackName) {
      if (isEnded) this.end(event);
      return;
    }
    if (isEnded) this.ended.add(event.logicalId);
    this.bar.update(this.ended.size, { status: event.status, resource: event.logicalId });
  }

  stop(): void {
    this.bar?.stop();
    this.bar = undefined;
  }

  private begin({ stackName, status }: StackEvent): SingleBar {
    const bar = new SingleBar({
      stream: this.stream,
      format: `${stackName} {bar} {value}/{total} {status} {resource}`,
      barsize: 24,
      clearOnComplete: true,
      hideCursor: true,
    });
    this.ended.clear();
    bar.start(this.resourceCounts.get(stackName) ?? 0, 0, { status, resource: '' });
    return bar;
  }

  private end(event: StackEvent): void {
    this.stop();
    this.stream.write(`${eventLine(event, this.start)}\n`);
  }
}
