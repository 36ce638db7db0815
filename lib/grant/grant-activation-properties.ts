import { ActivationProperties } from './grant-properties';

/**
 * The contract between `GrantActivationMixin` and its handler: what the template says and what comes back.
 * CloudFormation delivers every scalar as a string.
 */
export interface GrantActivationProperties {
  readonly GrantArn: string;
  readonly HomeRegion: string;
  /** Of no meaning to the handler: a change of the grant makes CloudFormation call the handler, since it may change the status as well. */
  readonly GrantVersion: string;
  readonly Activation: ActivationProperties;
  /** How long the handler may wait for the grant to settle. */
  readonly SettleWithinSeconds: string;
}

export interface GrantActivationAttributes {
  readonly Status: string;
  readonly Version: string;
}
