import { BARE, MANAGEMENT, SimulatedOrganization } from './simulated-organization';
import { ServiceModelDocument } from '../../../simulator/model/service-model';
import cloudFormation from '../../../simulator/models/cloudformation.json';
import iam from '../../../simulator/models/iam.json';
import licenseManager from '../../../simulator/models/license-manager.json';
import marketplaceAgreement from '../../../simulator/models/marketplace-agreement.json';
import organizations from '../../../simulator/models/organizations.json';
import ssm from '../../../simulator/models/ssm.json';
import states from '../../../simulator/models/states.json';
import sts from '../../../simulator/models/sts.json';

let organization: SimulatedOrganization;

beforeAll(async () => {
  organization = await SimulatedOrganization.start(BARE);
});

afterAll(() => organization.stop());

const MODELS = [licenseManager, organizations, marketplaceAgreement, iam, ssm, states, sts, cloudFormation] as unknown as ServiceModelDocument[];
const OPERATIONS = MODELS.flatMap((model) =>
  Object.keys(model.operations).map((operation) => ({ model, operation, service: model.metadata.signingName ?? model.metadata.endpointPrefix })));

test.each(OPERATIONS)('$service answers $operation', async ({ model, operation, service }) => {
  const { protocol, apiVersion, jsonVersion, targetPrefix } = model.metadata;
  const authorization = `AWS4-HMAC-SHA256 Credential=${MANAGEMENT}/20260701/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=0`;
  const headers: Record<string, string> = protocol === 'query'
    ? { 'content-type': 'application/x-www-form-urlencoded' }
    : { 'content-type': `application/x-amz-json-${jsonVersion}`, 'x-amz-target': `${targetPrefix}.${operation}` };
  const body = protocol === 'query' ? `Action=${operation}&Version=${apiVersion}` : '{}';
  const response = await fetch(organization.aws.endpoint, { method: 'POST', headers: { ...headers, authorization }, body });
  const answer = await response.text();
  expect(answer).not.toMatch(/does not know the operation|Could not find operation/);
  expect(response.status).toBeLessThan(500);
});

test('an operation that no model has is not answered', async () => {
  const response = await fetch(organization.aws.endpoint, {
    method: 'POST',
    headers: {
      'x-amz-target': 'AWSLicenseManager.CreateLicense',
      'authorization': `AWS4-HMAC-SHA256 Credential=${MANAGEMENT}/20260701/us-east-1/license-manager/aws4_request, SignedHeaders=host, Signature=0`,
    },
    body: '{}',
  });
  expect(await response.text()).toContain('The simulator does not know the operation CreateLicense');
});
