/** One line of a stack's event list. */
export interface StackEvent {
  readonly time: Date;
  readonly stackName: string;
  readonly logicalId: string;
  readonly type: string;
  /** Absent as long as the resource has none. */
  readonly physicalId?: string;
  readonly status: string;
  readonly reason?: string;
}
