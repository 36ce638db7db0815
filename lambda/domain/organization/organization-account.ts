/** An account of the organization, as AWS Organizations lists it. */
export interface OrganizationAccount {
  readonly id: string;
  /** Not suspended, and not being closed or opened. */
  readonly isActive: boolean;
}
