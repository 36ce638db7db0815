import { ReplacementRollback, ResourceFailure, ResourceType } from './resource-type';
import { CustomResourceRequests } from '../custom-resource/custom-resource-requests';

/** AWS::CloudFormation::CustomResource and Custom::*: a function makes, changes and removes them. */
export function customResource(requests: CustomResourceRequests, replacementRollback: ReplacementRollback): ResourceType {
  return {
    replacementRollback,
    create: (request) => requests.send({ ...request, requestType: 'Create' }),
    update: async (request) => {
      // "Updates are not supported": https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudformation-customresource.html
      if (request.properties.ServiceToken !== request.oldProperties.ServiceToken) {
        throw new ResourceFailure('Modifying service token is not allowed.', { nothingHappened: true });
      }
      return requests.send({ ...request, requestType: 'Update' });
    },
    delete: async (request) => {
      await requests.send({ ...request, requestType: 'Delete' });
    },
    // The function decides, by answering with another physical id.
    needsReplacement: () => false,
  };
}
