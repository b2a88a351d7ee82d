import type { INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import type { NextFunction, Request, Response } from 'express';

export type { OpenAPIObject };

/** OpenAPI at `/docs` (and `/docs-json`), made from the controllers and completed by who knows more than these say. Its page brings inline script and style, so it alone gets a looser policy. */
export function serveApiDocs(app: INestApplication, complete: (document: OpenAPIObject) => OpenAPIObject = (document) => document): void {
  const config = new DocumentBuilder()
    .setTitle('Corriere')
    .setDescription('FatturaPA invoices over PEC to the Sistema di Interscambio')
    .setVersion('1')
    .addBearerAuth()
    .addSecurityRequirements('bearer')
    .build();
  SwaggerModule.setup('docs', app, () => complete(SwaggerModule.createDocument(app, config)));
}

/** To stand before the routes: the policy of the documentation's page. */
export function apiDocsPolicy(request: Request, response: Response, next: NextFunction): void {
  if (/^\/docs(\/|$)/.test(request.path)) {
    response.setHeader('content-security-policy', "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'");
  }
  next();
}
