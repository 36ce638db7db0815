import { CustomResource, Duration, Stack } from 'aws-cdk-lib';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';

/** Refuses to make anything, some time later, and has nothing to delete. */
const REFUSAL = `
const { FAILED, SUCCESS, send } = require('cfn-response');
exports.handler = (event, context) => new Promise((resolve) => {
  const [status, seconds] = event.RequestType === 'Create' ? [FAILED, event.ResourceProperties.AfterSeconds] : [SUCCESS, 0];
  setTimeout(() => resolve(send(event, context, status, {}, 'nothing')), seconds * 1000);
});`;

/** The lookup of a license that is not there: what fails as well where the library's handlers serve all functions. */
const MISSING_LICENSE = { LicenseArn: 'arn:aws:license-manager::294406891311:license:l-ffffffffffffffffffffffffffffffff', HomeRegion: 'us-east-1' };

/** Lets the operation on the stack fail once the constructs are there, or are changed. */
export function failAfter(...constructs: Construct[]): void {
  failBeside(constructs[0], Duration.seconds(0)).node.addDependency(...constructs);
}

/** Lets the operation on the stack fail so long after its beginning: what CloudFormation works on by then is cancelled. */
export function failBeside(construct: Construct, after: Duration): CustomResource {
  const stack = Stack.of(construct);
  const refusing = new LambdaFunction(stack, 'Refusing', {
    code: Code.fromInline(REFUSAL), handler: 'index.handler', runtime: Runtime.NODEJS_22_X, timeout: Duration.minutes(15),
  });
  return new CustomResource(stack, 'Failure', {
    serviceToken: refusing.functionArn, resourceType: 'Custom::MarketplaceLicense', properties: { ...MISSING_LICENSE, AfterSeconds: after.toSeconds() },
  });
}
