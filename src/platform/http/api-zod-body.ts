import { ApiBody } from '@nestjs/swagger';
import { z } from 'zod';

/** Describes a JSON body in OpenAPI from the same schema that checks it. */
export function ApiZodBody(schema: z.ZodType): MethodDecorator {
  return ApiBody({ schema: z.toJSONSchema(schema, { target: 'openapi-3.0', io: 'input', unrepresentable: 'any' }) as object });
}
