import { HandlerName } from '../bundled-handlers';
import { Permission } from '../permission';

/** What one function is there for, and all that it may do. */
export interface Concern {
  /** The construct id of the function's backing: part of its logical ids, never to be changed. */
  readonly id: string;
  readonly handler: HandlerName;
  readonly description: string;
  readonly permissions: Permission[];
}
