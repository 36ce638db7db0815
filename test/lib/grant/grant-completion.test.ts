import { Duration } from 'aws-cdk-lib';
import { GrantCompletion } from '../../../lib';
import { GRANT_TYPE, grantIn, propertiesOf, stackIn } from '../synthesis';

test.each([
  ['ten minutes by default', GrantCompletion.required(), '600'],
  ['one second at least', GrantCompletion.required({ within: Duration.seconds(1) }), '1'],
  ['fourteen minutes at most', GrantCompletion.required({ within: Duration.minutes(14) }), '840'],
])('the deployment waits %s', (_, completion, seconds) => {
  const stack = stackIn();
  grantIn(stack, { completion });
  expect(propertiesOf(stack, GRANT_TYPE).SettleWithinSeconds).toBe(seconds);
});

test.each([
  [Duration.seconds(0), '0 seconds'],
  [Duration.seconds(841), '14 minutes 1 second'],
  [Duration.hours(1), '1 hour'],
])('the deployment cannot wait %s', (within, got) => {
  expect(() => GrantCompletion.required({ within })).toThrow(
    `\`completion.within\` must be 1 second to 14 minutes, got ${got}; the function that waits cannot run longer than 15 minutes`,
  );
});
