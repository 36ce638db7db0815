import { UsageError } from './usage-error';
import { exampleOrganization } from '../simulator/organization/example-organization';
import { OrganizationDefinition } from '../simulator/organization/organization-definition';
import { InvalidOrganizationFile, parseOrganization } from '../simulator/organization/parse-organization';
import { readJsonFile } from '../simulator/read-json-file';

/** The organization of the file, or the example organization as it is at that time. */
export function readOrganization(file: string | undefined, now: Date): OrganizationDefinition {
  if (file === undefined) {
    return exampleOrganization(now);
  }
  try {
    return parseOrganization(readJson('organization', file));
  } catch (error) {
    if (error instanceof InvalidOrganizationFile) {
      throw new UsageError(`the organization file ${file} is not valid: ${error.problems.join('; ')}`);
    }
    throw error;
  }
}

export function readJson(what: string, file: string): unknown {
  try {
    return readJsonFile(file);
  } catch (error) {
    throw new UsageError(`the ${what} file ${(error as Error).message}`);
  }
}
