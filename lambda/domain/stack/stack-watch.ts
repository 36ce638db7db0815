import { Course, courseIn } from './course';
import type { StackState, StacksGateway } from './stacks-gateway';
import type { Clock } from '../clock';

/**
 * For how long an answer of CloudFormation holds: a grant to hundreds of accounts takes a change for each of them, and CloudFormation limits how
 * often it is asked. Whoever takes over waits for longer.
 */
export const STATUS_HOLDS_MILLISECONDS = 5_000;

/** The request during which a stack is watched. */
export interface WatchedRequest {
  readonly requestType: string;
  readonly owner: { readonly stackId: string };
  readonly clock: Clock;
}

/** What the stack does while a request about one of its resources is under way. */
export class StackWatch {
  private beginning?: Promise<StackState | undefined>;
  private latest?: { readonly askedAt: number; readonly state: Promise<StackState | undefined> };

  constructor(private readonly request: WatchedRequest, private readonly stacks: StacksGateway) {}

  get afterlifeMilliseconds(): number {
    return this.stacks.afterlifeMilliseconds;
  }

  /** To be called before any work: what it is then tells an Update that leads back from one that leads forward. */
  async readAtBeginning(): Promise<StackState | undefined> {
    this.beginning ??= this.readState();
    return this.beginning;
  }

  /** The status of the stack if it has turned back since the request began; nothing if it has not, or if CloudFormation does not tell. */
  async findStatusTurnedTo(): Promise<string | undefined> {
    const courseAtBeginning = await this.readCourseAtBeginning();
    if (courseAtBeginning === Course.AWAY) {
      return undefined;
    }
    const state = await this.readState();
    return state && courseIn(state.status) > courseAtBeginning ? state.status : undefined;
  }

  private async readCourseAtBeginning(): Promise<Course> {
    switch (this.request.requestType) {
      case 'Create':
        return Course.FORWARD;
      case 'Update': {
        const state = await this.readAtBeginning();
        // It may be one that leads back.
        return state ? courseIn(state.status) : Course.BACK;
      }
      default:
        return Course.AWAY;
    }
  }

  private async readState(): Promise<StackState | undefined> {
    const now = this.request.clock.now();
    if (this.latest === undefined || now - this.latest.askedAt >= STATUS_HOLDS_MILLISECONDS) {
      this.latest = { askedAt: now, state: this.stacks.readStack(this.request.owner.stackId) };
    }
    return this.latest.state;
  }
}
