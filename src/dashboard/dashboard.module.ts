import path from 'node:path';
import { type MiddlewareConsumer, Module, type NestModule } from '@nestjs/common';
import { StreamController } from './stream.controller.js';
import { StreamHub } from './stream-hub.js';
import { WEB_DIRECTORY, WebMiddleware } from './web.middleware.js';

/** The checkout's or the installation's root, seen from `src/dashboard` as well as from `dist/dashboard`. */
const ROOT = path.resolve(__dirname, '../..');

/** What the browser needs from the server: the web application itself and the live stream. */
@Module({
  controllers: [StreamController],
  providers: [StreamHub, { provide: WEB_DIRECTORY, useValue: path.join(ROOT, 'dist/web') }],
})
export class DashboardModule implements NestModule {
  configure(consumer: MiddlewareConsumer): void {
    consumer.apply(WebMiddleware).forRoutes('{*path}');
  }
}
