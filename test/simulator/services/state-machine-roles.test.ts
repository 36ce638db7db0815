import { SimulatedClock } from '../../../simulator/clock/simulated-clock';
import { Functions } from '../../../simulator/services/lambda/functions';
import { StateMachines } from '../../../simulator/services/states/state-machines';
import { AuthorizationDecision, AuthorizationRequest } from '../../../simulator/wire/authorizer';

const FUNCTION = 'arn:aws:lambda:us-east-1:111111111111:function:Task';
const MACHINE = {
  stateMachineArn: 'arn:aws:states:us-east-1:111111111111:stateMachine:Waiter',
  roleArn: 'arn:aws:iam::111111111111:role/Waiter',
  definition: JSON.stringify({ StartAt: 'Only', States: { Only: { Type: 'Task', Resource: FUNCTION, End: true } } }),
};

const calls: string[] = [];
const asked: AuthorizationRequest[] = [];

async function run(decision: AuthorizationDecision) {
  calls.splice(0);
  asked.splice(0);
  const functions = new Functions();
  functions.areRunBy({
    find: () => undefined,
    invoke: () => ({ finished: Promise.resolve(undefined) }),
    call: async (functionArn) => {
      calls.push(functionArn);
      return { payload: '"done"' };
    },
  });
  const authorize = async (request: AuthorizationRequest) => {
    asked.push(request);
    return decision;
  };
  const machines = new StateMachines(functions, new SimulatedClock(), { authorize });
  const { executionArn } = machines.start(MACHINE, machines.executionArn(MACHINE.stateMachineArn, 'first'), '{}');
  await new Promise((resolve) => setImmediate(resolve));
  return machines.execution(executionArn);
}

test('a state machine invokes functions with the permissions of its role', async () => {
  expect(await run({ allowed: true })).toMatchObject({ status: 'SUCCEEDED', output: '"done"' });
  expect(asked).toMatchObject([{
    principal: { arn: 'arn:aws:sts::111111111111:assumed-role/Waiter/first', role: { arn: MACHINE.roleArn } },
    action: 'lambda:InvokeFunction',
    resourceArns: [FUNCTION],
  }]);
});

test('without the permission the function is not invoked, and the task fails with the reason', async () => {
  expect(await run({ allowed: false, reason: 'because no identity-based policy allows the lambda:InvokeFunction action' })).toMatchObject({
    status: 'FAILED',
    cause: expect.stringMatching(/assumed-role\/Waiter\/first is not authorized to perform: lambda:InvokeFunction .* because no identity-based policy allows/),
  });
  expect(calls).toEqual([]);
});
