import { Module } from '@nestjs/common';
import { type Settings, SETTINGS } from '../platform/index.js';
import { DeliveriesController } from './deliveries/deliveries.controller.js';
import { Deliveries } from './deliveries/deliveries.js';
import { DeliveryMetrics } from './deliveries/delivery-metrics.js';
import { DeliveryWorker } from './deliveries/delivery-worker.js';
import { Dispatcher } from './deliveries/dispatcher.js';
import { FanOut } from './deliveries/fan-out.js';
import { DeliveryTimes } from './deliveries/delivery-times.js';
import { Tidy } from './deliveries/tidy.js';
import { Turns } from './deliveries/turns.js';
import { EndpointsController } from './endpoints/endpoints.controller.js';
import { Endpoints } from './endpoints/endpoints.js';
import { EventsController } from './events.controller.js';
import { Poster } from './target/post.js';
import { resolveAny, resolvePublic } from '../platform/net/resolve.js';

/** Webhooks: endpoints, deliveries in order with retries, and the same events for those who ask. */
@Module({
  controllers: [EndpointsController, DeliveriesController, EventsController],
  providers: [
    Endpoints,
    Deliveries,
    FanOut,
    Turns,
    Tidy,
    Dispatcher,
    DeliveryMetrics,
    DeliveryWorker,
    { provide: DeliveryTimes, useFactory: () => new DeliveryTimes() },
    {
      provide: Poster,
      useFactory: ({ webhooksPrivate }: Settings) =>
        new Poster({ allowPrivate: webhooksPrivate, resolve: webhooksPrivate ? resolveAny : resolvePublic }),
      inject: [SETTINGS],
    },
  ],
})
export class WebhooksModule {}
