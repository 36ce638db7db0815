import { StackStatus } from '../../simulator/services/cloudformation/stack-status';

export interface Step {
  readonly title: string;
  /** On top of the context in the example's cdk.json; absent: the stack is destroyed. */
  readonly context?: Readonly<Record<string, unknown>>;
  readonly expected: {
    readonly stack: StackStatus;
    /** The grants of the management account that are left, as `account: name, status`. */
    readonly grants: readonly string[];
  };
}

/** The life of examples/quick-start, from its deployment to its end. */
export const QUICK_START_LIFE: readonly Step[] = [
  {
    title: 'Deploy: payments-prod gets Example Hardened Linux',
    context: {},
    expected: { stack: 'CREATE_COMPLETE', grants: ['222222222222: Linux for payments, ACTIVE'] },
  },
  {
    title: 'Rename the grant',
    context: { grantName: 'Linux' },
    expected: { stack: 'UPDATE_COMPLETE', grants: ['222222222222: Linux, ACTIVE'] },
  },
  {
    title: 'Deactivate it',
    context: { grantName: 'Linux', active: false },
    expected: { stack: 'UPDATE_COMPLETE', grants: ['222222222222: Linux, DISABLED'] },
  },
  {
    title: 'Activate it again',
    context: { grantName: 'Linux' },
    expected: { stack: 'UPDATE_COMPLETE', grants: ['222222222222: Linux, ACTIVE'] },
  },
  {
    title: 'Give it to another account: shared-services instead of payments-prod (replacement)',
    context: { grantName: 'Linux', granteeAccount: '333333333333' },
    expected: { stack: 'UPDATE_COMPLETE', grants: ['333333333333: Linux, ACTIVE'] },
  },
  {
    title: 'Give it to data-sandbox, which has a subscription of its own: the change fails and is rolled back',
    context: { grantName: 'Linux', granteeAccount: '444444444444' },
    expected: { stack: 'UPDATE_ROLLBACK_COMPLETE', grants: ['333333333333: Linux, ACTIVE'] },
  },
  {
    title: 'Destroy',
    expected: { stack: 'DELETE_COMPLETE', grants: [] },
  },
];
