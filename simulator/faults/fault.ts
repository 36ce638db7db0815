/** Something that goes wrong in a simulation, and where. */
export interface Fault {
  readonly name: FaultName;
  readonly where: Where;
}

/** What goes wrong with calls of the services. */
export type CallFaultName =
  | 'throttling'
  | 'server-error'
  | 'connection-reset-before'
  | 'connection-reset-after'
  | 'slow-answer'
  | 'function-killed-before'
  | 'function-killed-after'
  | 'function-timeout'
  | 'permissions-delay'
  | 'account-leaves';

/** What goes wrong between CloudFormation and the functions behind custom resources. */
export type CustomResourceFaultName = 'duplicate-event' | 'response-error' | 'response-reset';

export type FaultName = CallFaultName | 'stale-reads' | CustomResourceFaultName;

/** Everything that is given has to fit; what is absent fits always. */
export interface Where {
  /** As in IAM actions: `license-manager`. */
  readonly service?: string;
  readonly operation?: string;
  /** Create, Update or Delete: what CloudFormation asks of a custom resource. */
  readonly requestType?: string;
  /** A part of the name of the function; generated names hold the logical id. */
  readonly functionName?: string;
  /** The first and last that are hit, counted from 1 among those that fit, for each function by itself. */
  readonly occurrences?: { readonly first: number; readonly last: number };
  readonly percentage?: number;
  readonly durationMilliseconds?: number;
  readonly accountId?: string;
}
