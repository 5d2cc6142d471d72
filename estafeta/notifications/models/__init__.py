"""What people are told: the bell's rows, and what is sent to them from here."""

from estafeta.notifications.models.delivery import Delivery, DeliveryState
from estafeta.notifications.models.notification import Notification
from estafeta.notifications.models.progress import Progress

__all__ = ["Delivery", "DeliveryState", "Notification", "Progress"]
